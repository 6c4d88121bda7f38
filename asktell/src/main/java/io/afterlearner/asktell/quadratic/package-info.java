/** Searches by a quadratic model of the loss. Imports {@code design}, {@code search} and what is below them. */
@NullMarked
package io.afterlearner.asktell.quadratic;

import org.jspecify.annotations.NullMarked;
