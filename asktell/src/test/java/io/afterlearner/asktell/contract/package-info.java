/** The contract of every optimizer, and shared test fixtures. */
@NullMarked
package io.afterlearner.asktell.contract;

import org.jspecify.annotations.NullMarked;
