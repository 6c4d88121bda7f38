/** A wall clock that a test turns in the process of a service. */
@NullMarked
package io.afterlearner.embedded.clock;

import org.jspecify.annotations.NullMarked;
