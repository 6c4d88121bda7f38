/** How near to the optimum the optimizers of {@code asktell} come, against measured medians of Nevergrad; no I/O but the reference table. */
@NullMarked
package io.afterlearner.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
