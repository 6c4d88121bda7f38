/** A model file as read: its graph, where it can be cut, tensors and types. Knows nothing of ℵ. */
@NullMarked
package io.afterlearner.aleph.graph;

import org.jspecify.annotations.NullMarked;
