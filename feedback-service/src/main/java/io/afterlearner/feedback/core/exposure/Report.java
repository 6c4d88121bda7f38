package io.afterlearner.feedback.core.exposure;

/**
 * One scalar that came back for an assignment.
 *
 * @param id of the event: the same twice counts once
 * @param value finite
 */
public record Report(String id, String metric, double value) {}
