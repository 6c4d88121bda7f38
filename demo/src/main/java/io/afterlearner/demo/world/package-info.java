/** A production server with a small ranking model, the users it serves, and what only their simulator knows. No part of the product. */
@NullMarked
package io.afterlearner.demo.world;

import org.jspecify.annotations.NullMarked;
