/** Tests of asktell; {@link io.afterlearner.asktell.OptimizerContract} is what every algorithm promises. */
@NullMarked
package io.afterlearner.asktell;

import org.jspecify.annotations.NullMarked;
