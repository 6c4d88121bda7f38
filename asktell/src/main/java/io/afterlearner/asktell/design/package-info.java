/** Searches that spread points evenly without learning. Imports {@code search} and what is below it. */
@NullMarked
package io.afterlearner.asktell.design;

import org.jspecify.annotations.NullMarked;
