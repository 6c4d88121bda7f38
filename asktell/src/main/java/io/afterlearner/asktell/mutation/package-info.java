/** Searches by mutating the best point, for whole numbers and choices. Imports {@code search} and what is below it. */
@NullMarked
package io.afterlearner.asktell.mutation;

import org.jspecify.annotations.NullMarked;
