package io.afterlearner.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A condition as in metav1.Condition.
 *
 * @param status True, False or Unknown
 * @param reason one word, in CamelCase
 * @param message for a person; never empty
 * @param lastTransitionTime when the status changed last, in UTC and whole seconds
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Condition(
        String type,
        String status,
        String reason,
        String message,
        @Nullable String lastTransitionTime,
        @Nullable Long observedGeneration) {
    /** The optimizer has the study, or why not. */
    public static final String ACCEPTED = "Accepted";
    /** What the spec asks for is carried out; kstatus (Flux, Argo CD) waits for it. */
    public static final String READY = "Ready";
    /** The study is over. */
    public static final String FINISHED = "Finished";
    /** What production serves, in an online study. */
    public static final String SERVING = "Serving";
    /** The result is where {@code spec.output} says. */
    public static final String EXPORTED = "Exported";
    /** Nothing will change until a person changes something; kstatus calls it failed. */
    public static final String STALLED = "Stalled";

    /** A condition of this time. */
    public static Condition of(String type, @Nullable Boolean status, String reason, String message) {
        String word = status == null ? "Unknown" : status ? "True" : "False";
        return new Condition(type, word, reason, message, null, null);
    }

    @JsonIgnore
    public boolean isTrue() {
        return status.equals("True");
    }

    /** Whether it says the same, whenever it began to. */
    public boolean saysAs(Condition other) {
        return type.equals(other.type)
                && status.equals(other.status)
                && reason.equals(other.reason)
                && message.equals(other.message);
    }

    Condition since(@Nullable Condition before, String now, long generation) {
        String known = before != null && before.status.equals(status) ? before.lastTransitionTime : null;
        return new Condition(type, status, reason, message, known == null ? now : known, generation);
    }
}
