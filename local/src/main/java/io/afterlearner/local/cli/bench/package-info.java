/** The bench commands: they print what the benchmarks module measures. */
@NullMarked
package io.afterlearner.local.cli.bench;

import org.jspecify.annotations.NullMarked;
