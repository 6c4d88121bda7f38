/** Services on a broker that refuses what they need. */
@NullMarked
package io.afterlearner.local.rights;

import org.jspecify.annotations.NullMarked;
