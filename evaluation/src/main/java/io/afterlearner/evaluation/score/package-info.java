/** What a measurement says and how sure it is: the score of a candidate, its standard error, comparisons and bounds. */
@NullMarked
package io.afterlearner.evaluation.score;

import org.jspecify.annotations.NullMarked;
