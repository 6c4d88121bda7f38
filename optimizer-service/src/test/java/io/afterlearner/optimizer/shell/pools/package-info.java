/** The figures of evaluator pools, without a broker. */
@NullMarked
package io.afterlearner.optimizer.shell.pools;

import org.jspecify.annotations.NullMarked;
