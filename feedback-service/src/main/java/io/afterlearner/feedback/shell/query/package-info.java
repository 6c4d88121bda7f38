/** Metrics of slices that are queries: asks Prometheus when a slice is over, and reports the answer as the slice's value. */
@NullMarked
package io.afterlearner.feedback.shell.query;

import org.jspecify.annotations.NullMarked;
