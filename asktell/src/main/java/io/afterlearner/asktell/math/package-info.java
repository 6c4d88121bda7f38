/** Linear algebra and random numbers; has no AfterLearner dependencies. */
@NullMarked
package io.afterlearner.asktell.math;

import org.jspecify.annotations.NullMarked;
