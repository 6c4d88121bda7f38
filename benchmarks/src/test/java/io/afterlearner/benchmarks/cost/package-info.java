@NullMarked
package io.afterlearner.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
