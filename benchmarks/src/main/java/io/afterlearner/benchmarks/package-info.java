/** Measures of the running product, one JSON line each; nothing of the product may depend on what lives here but the CLI. */
@NullMarked
package io.afterlearner.benchmarks;

import org.jspecify.annotations.NullMarked;
