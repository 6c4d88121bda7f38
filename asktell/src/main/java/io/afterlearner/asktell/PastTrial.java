package io.afterlearner.asktell;

/** A point of an earlier study with the outcome told. */
public record PastTrial(double[] point, Outcome outcome) {}
