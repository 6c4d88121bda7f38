/** Bayesian optimization by Gaussian processes. Imports {@code design}, {@code search} and what is below them. */
@NullMarked
package io.afterlearner.asktell.process;

import org.jspecify.annotations.NullMarked;
