package io.afterlearner.client;

import io.afterlearner.schemas.Arm;

/**
 * What a unit gets.
 *
 * @param id the same for the same unit and candidate until the unit is drawn again; record key of exposure and feedback
 * @param arm {@link Arm#UNCOUNTED} if the unit is served the champion outside of the comparison, because its slot is empty, or because
 *     the champion or the slot's candidate began after its draw
 * @param number the candidate; 0 is ℵ₀
 * @param values its ℵ vector, in the order of the study's aleph; not to be written to
 * @param assignedAtMillis epoch milliseconds
 * @param expiresAtMillis epoch milliseconds; reports after it come after their window
 * @param drawnAtMillis when the unit was drawn into its arm: it counts for an arm that was served as it is now since then
 * @param incarnation of the study: one that is deleted and created again has another
 * @param client who asked for it, at most {@link #MAX_CLIENT_CHARACTERS} characters, the rest is cut off; empty if unknown
 */
public record Assignment(
        String study,
        String id,
        String unit,
        Arm arm,
        long number,
        double[] values,
        long assignedAtMillis,
        long expiresAtMillis,
        long drawnAtMillis,
        long incarnation,
        String client) {
    /** Most characters of a client's name. */
    public static final int MAX_CLIENT_CHARACTERS = 40;

    public Assignment {
        client = client.substring(0, Math.min(client.length(), MAX_CLIENT_CHARACTERS));
    }

    /** The same, asked for by a client. What everybody shares, a slice of time, belongs to no client. */
    public Assignment askedBy(String name) {
        return client.isEmpty()
                ? new Assignment(
                        study,
                        id,
                        unit,
                        arm,
                        number,
                        values,
                        assignedAtMillis,
                        expiresAtMillis,
                        drawnAtMillis,
                        incarnation,
                        name)
                : this;
    }
}
