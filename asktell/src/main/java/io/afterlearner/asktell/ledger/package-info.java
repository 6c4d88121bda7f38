/**
 * Keeps outstanding numbers, the best points, constraints and parallel runs, the same for every algorithm. Imports
 * {@code search} and what is below it, no algorithm.
 */
@NullMarked
package io.afterlearner.asktell.ledger;

import org.jspecify.annotations.NullMarked;
