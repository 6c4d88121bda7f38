package io.afterlearner.feedback.api;

import org.jspecify.annotations.Nullable;

/**
 * One scalar that came back.
 *
 * @param token as it came with the assignment
 * @param metric one of the study's
 * @param value finite
 * @param id of the event, at most 64 characters: the same twice counts once; without it, each report is an event
 * @param atMillis when it happened, epoch milliseconds; now where it is missing
 * @param study where given, the token has to be of it
 */
public record ReportJson(
        @Nullable String token,
        @Nullable String metric,
        @Nullable Double value,
        @Nullable String id,
        @Nullable Long atMillis,
        @Nullable String study) {}
