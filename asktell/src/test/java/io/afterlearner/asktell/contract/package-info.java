/** The contract that every optimizer keeps, and what tests of optimizers share. */
@NullMarked
package io.afterlearner.asktell.contract;

import org.jspecify.annotations.NullMarked;
