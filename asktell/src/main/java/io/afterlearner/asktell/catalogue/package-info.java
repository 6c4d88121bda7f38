/** Every algorithm by its name, and the choice among them; the top layer, which may import every package. */
@NullMarked
package io.afterlearner.asktell.catalogue;

import org.jspecify.annotations.NullMarked;
