/**
 * Searches by a population of points: differential evolution, particle swarm, estimation of distribution. Imports
 * {@code search} and what is below it.
 */
@NullMarked
package io.afterlearner.asktell.population;

import org.jspecify.annotations.NullMarked;
