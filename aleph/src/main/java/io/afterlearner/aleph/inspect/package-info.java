/** Which tensors of a model could be ℵ, and what each would cost. */
@NullMarked
package io.afterlearner.aleph.inspect;

import org.jspecify.annotations.NullMarked;
