package io.afterlearner.client;

import io.afterlearner.schemas.Arm;

/**
 * What a unit gets.
 *
 * @param id the same for the same unit and candidate within one attribution window; record key of exposure and feedback
 * @param number the candidate; 0 is ℵ₀
 * @param values its ℵ vector, in the order of the study's aleph; not to be written to
 * @param assignedAtMillis epoch milliseconds
 * @param expiresAtMillis epoch milliseconds; reports after it come after their window
 * @param incarnation of the study: one that is deleted and created again has another
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
        long incarnation) {}
