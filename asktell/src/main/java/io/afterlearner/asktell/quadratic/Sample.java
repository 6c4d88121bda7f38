package io.afterlearner.asktell.quadratic;

/** A point in latent coordinates with its loss. */
record Sample(double[] at, double loss) {}
