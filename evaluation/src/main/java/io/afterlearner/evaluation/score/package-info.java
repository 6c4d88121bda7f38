/** The score of a candidate with its standard error, and comparisons and bounds of scores. */
@NullMarked
package io.afterlearner.evaluation.score;

import org.jspecify.annotations.NullMarked;
