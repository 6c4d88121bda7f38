/** Checks of an overlay. Each is a pure function of its objects, and returns what is wrong with them. */
@NullMarked
package io.afterlearner.k8s.checks;

import org.jspecify.annotations.NullMarked;
