/** What is minimised: one file a loss, each a function of one example's output and target. Knows no model. */
@NullMarked
package io.afterlearner.evaluation.loss;

import org.jspecify.annotations.NullMarked;
