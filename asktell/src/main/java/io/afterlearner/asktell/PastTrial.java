package io.afterlearner.asktell;

/** What a study was told about a point of its space. */
public record PastTrial(double[] point, Outcome outcome) {}
