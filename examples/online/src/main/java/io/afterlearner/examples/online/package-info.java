/** A production server with a small ranking model, the users it serves, and what only their simulator knows. No part of the product. */
@NullMarked
package io.afterlearner.examples.online;

import org.jspecify.annotations.NullMarked;
