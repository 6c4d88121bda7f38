package io.afterlearner.feedback.shell.judging;

import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.feedback.core.judge.Reason;
import io.afterlearner.schemas.Standing;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The latest states of the studies that this instance judges, for readers outside the stream thread; and, for the stream thread,
 * what the one that asks queries found out about them, and the latest record of each study on the topic of standings.
 */
@Singleton
public final class Standings {
    private final Map<String, OnlineState> states = new ConcurrentHashMap<>();
    private final Map<String, Optional<Reason.NoAnswer>> queried = new ConcurrentHashMap<>();
    /** Of all studies, whoever wrote them; as many as the table of the topic keeps. */
    private final Map<String, Standing> onTopic = new ConcurrentHashMap<>();

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

    /** A record is the latest one on the topic; null if there is none any more. */
    public void seen(String study, @Nullable Standing latest) {
        if (latest == null) {
            onTopic.remove(study);
        } else {
            onTopic.put(study, latest);
        }
    }

    /** The latest record on the topic; null if there is none, or it is not read yet. */
    @Nullable
    Standing onTopic(String study) {
        return onTopic.get(study);
    }

    /** Number of studies that this instance judges. */
    public int size() {
        return states.size();
    }

    /** The state in memory, which may not be committed yet. Empty if another instance judges the study. */
    public Optional<OnlineState> of(String study) {
        return Optional.ofNullable(states.get(study));
    }
}
