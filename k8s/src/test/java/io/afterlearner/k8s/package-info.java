/** Checks the rendered overlays: typed models, and what no API server checks, such as selectors that select nothing. */
@NullMarked
package io.afterlearner.k8s;

import org.jspecify.annotations.NullMarked;
