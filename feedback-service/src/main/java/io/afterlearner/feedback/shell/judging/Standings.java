package io.afterlearner.feedback.shell.judging;

import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.feedback.core.judge.Reason;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The latest states of the studies that this instance judges, for readers outside the stream thread; and what the one that asks
 * queries found out about them, for the stream thread.
 */
@Singleton
public final class Standings {
    private final Map<String, OnlineState> states = new ConcurrentHashMap<>();
    private final Map<String, Optional<Reason.NoAnswer>> queried = new ConcurrentHashMap<>();

    void put(String study, OnlineState state) {
        states.put(study, state);
    }

    void remove(String study) {
        states.remove(study);
        queried.remove(study);
    }

    /** Says how the latest slices were measured: why a metric has no value; empty if each has one. */
    public void queried(String study, Optional<Reason.NoAnswer> problem) {
        queried.put(study, problem);
    }

    /** The input of the judge; empty if nothing is known yet. */
    Optional<Input.Queried> queried(String study, long atMillis) {
        Optional<Reason.NoAnswer> found = queried.get(study);
        return found == null ? Optional.empty() : Optional.of(new Input.Queried(atMillis, found.orElse(null)));
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
