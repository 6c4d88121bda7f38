package io.afterlearner.asktell.strategy;

/** Coordinates that were told a loss; positive infinity if the evaluation failed. */
record Scored(double[] coordinates, double loss) {}
