package io.afterlearner.operator.resource;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a study is doing, in one word. */
public enum Phase {
    /** It is not at the optimizer yet. */
    PENDING,
    /** It cannot be created as it is; the condition Accepted says why. */
    INVALID,
    RUNNING,
    PAUSED,
    FINISHED,
    STOPPED,
    /** It was deleted at the optimizer, but not here. */
    MISSING,
    DELETING;

    @JsonValue
    public String word() {
        String name = name();
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /** A word of another version of the operator is as good as none. */
    @JsonCreator
    static Phase of(String word) {
        for (Phase phase : values()) {
            if (phase.word().equals(word)) {
                return phase;
            }
        }
        return PENDING;
    }

    /** Whether its candidates have ended, and nothing more will happen by itself. */
    public boolean isOver() {
        return this == FINISHED || this == STOPPED;
    }
}
