/** A rendered overlay: its objects as YAML has them, the pods that they start, and what a check of it is. */
@NullMarked
package io.afterlearner.k8s.overlay;

import org.jspecify.annotations.NullMarked;
