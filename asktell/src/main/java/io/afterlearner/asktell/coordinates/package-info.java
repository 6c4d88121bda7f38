/** Maps between points of a space and coordinates that algorithms calculate in. Imports {@code math} and the API. */
@NullMarked
package io.afterlearner.asktell.coordinates;

import org.jspecify.annotations.NullMarked;
