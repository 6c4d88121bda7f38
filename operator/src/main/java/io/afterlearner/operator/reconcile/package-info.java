/** Compares what a Study asks for with what the optimizer says, sends commands, and writes status and events. */
@NullMarked
package io.afterlearner.operator.reconcile;

import org.jspecify.annotations.NullMarked;
