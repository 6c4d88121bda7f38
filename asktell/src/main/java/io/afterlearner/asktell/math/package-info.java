/** Linear algebra and random numbers; imports nothing of ours. */
@NullMarked
package io.afterlearner.asktell.math;

import org.jspecify.annotations.NullMarked;
