/** Measures how near to the optimum {@code asktell} comes, against medians of Nevergrad; reads nothing but reference tables. */
@NullMarked
package io.afterlearner.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
