package io.afterlearner.feedback.api;

import io.afterlearner.client.Assignment;

/**
 * What a unit gets.
 *
 * @param values ℵ, in the order of the study's aleph
 * @param token proof of the assignment; to be handed back with feedback
 * @param expiresAtMillis end of the attribution window, epoch milliseconds
 */
public record AssignmentJson(
        String study,
        String assignment,
        String unit,
        String arm,
        long candidate,
        double[] values,
        String token,
        long assignedAtMillis,
        long expiresAtMillis) {

    static AssignmentJson of(Assignment a, String token) {
        return new AssignmentJson(
                a.study(),
                a.id(),
                a.unit(),
                a.arm().name(),
                a.number(),
                a.values(),
                token,
                a.assignedAtMillis(),
                a.expiresAtMillis());
    }
}
