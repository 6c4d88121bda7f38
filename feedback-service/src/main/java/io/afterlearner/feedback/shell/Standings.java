package io.afterlearner.feedback.shell;

import io.afterlearner.feedback.core.judge.OnlineState;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where the studies stand that this instance judges, for who asks. */
public final class Standings {
    private final Map<String, OnlineState> states = new ConcurrentHashMap<>();

    void put(String study, OnlineState state) {
        states.put(study, state);
    }

    void remove(String study) {
        states.remove(study);
    }

    /** Empty where another instance judges it. */
    public Optional<OnlineState> of(String study) {
        return Optional.ofNullable(states.get(study));
    }
}
