/** Black-box optimizers that are asked and told; no I/O, no threads, no clock, nothing but {@code java.*} may be used here. */
@NullMarked
package io.afterlearner.asktell;

import org.jspecify.annotations.NullMarked;
