/** Which tensors of a model are ℵ, and how parameter values become tensors. Runs and writes nothing. */
@NullMarked
package io.afterlearner.aleph.manifest;

import org.jspecify.annotations.NullMarked;
