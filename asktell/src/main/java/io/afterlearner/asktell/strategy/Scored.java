package io.afterlearner.asktell.strategy;

/** Coordinates with their loss; positive infinity if the evaluation failed. */
record Scored(double[] coordinates, double loss) {}
