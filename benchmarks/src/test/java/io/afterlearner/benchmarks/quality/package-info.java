@NullMarked
package io.afterlearner.benchmarks.quality;

import org.jspecify.annotations.NullMarked;
