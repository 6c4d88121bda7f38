package io.afterlearner.feedback.shell.judging;

import io.afterlearner.feedback.core.judge.OnlineState;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The latest states of the studies that this instance judges, for readers outside the stream thread. */
@Singleton
public final class Standings {
    private final Map<String, OnlineState> states = new ConcurrentHashMap<>();

    void put(String study, OnlineState state) {
        states.put(study, state);
    }

    void remove(String study) {
        states.remove(study);
    }

    /** Number of studies that this instance judges. */
    public int size() {
        return states.size();
    }

    /** Empty if another instance judges the study. */
    public Optional<OnlineState> of(String study) {
        return Optional.ofNullable(states.get(study));
    }
}
