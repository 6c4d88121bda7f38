package io.afterlearner.feedback.core.exposure;

/**
 * One reported value of an exposure.
 *
 * @param id of the event: the same id counts once
 * @param value finite
 */
public record Report(String id, String metric, double value) {}
