/** The simulated world: a production server with a small ranking model, its users, and the true rewards. Not part of the product. */
@NullMarked
package io.afterlearner.demo.world;

import org.jspecify.annotations.NullMarked;
