/** The losses, one file each: functions of one example's output and target. Imports no model. */
@NullMarked
package io.afterlearner.evaluation.loss;

import org.jspecify.annotations.NullMarked;
