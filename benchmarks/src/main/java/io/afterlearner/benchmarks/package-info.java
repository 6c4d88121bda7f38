/** Measures the running product, one JSON line per figure. Only the CLI may depend on it. */
@NullMarked
package io.afterlearner.benchmarks;

import org.jspecify.annotations.NullMarked;
