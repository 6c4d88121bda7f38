/** The core on its own: no broker, no clock, no threads. */
@NullMarked
package io.afterlearner.optimizer.core;

import org.jspecify.annotations.NullMarked;
