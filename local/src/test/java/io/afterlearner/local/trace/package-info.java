/** Traces of whole studies, as a collector receives them. */
@NullMarked
package io.afterlearner.local.trace;

import org.jspecify.annotations.NullMarked;
