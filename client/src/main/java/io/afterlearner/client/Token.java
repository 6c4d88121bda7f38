package io.afterlearner.client;

import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Exposure;

/**
 * What a signed token says: an {@link Assignment} without the unit and the values.
 *
 * @param assignment its id
 * @param drawnAtMillis when the unit was drawn; in tokens of older versions, when it was assigned
 * @param incarnation of the study; 0 in tokens of older versions
 * @param client who asked for the assignment; empty in tokens of older versions
 */
public record Token(
        String study,
        String assignment,
        Arm arm,
        long number,
        long assignedAtMillis,
        long expiresAtMillis,
        long drawnAtMillis,
        long incarnation,
        String client) {

    /**
     * The exposure that the token proves. It has no pseudonym, because a token has none; nothing that counts exposures needs it.
     *
     * @param text the token itself
     */
    public Exposure exposure(String text) {
        return new Exposure(
                assignment,
                study,
                "",
                arm,
                number,
                assignedAtMillis,
                expiresAtMillis,
                incarnation,
                drawnAtMillis,
                text);
    }
}
