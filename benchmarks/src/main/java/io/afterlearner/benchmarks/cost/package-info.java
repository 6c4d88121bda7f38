/** Measures what an ask and a tell cost in time and memory, in the calling thread; starts no thread. */
@NullMarked
package io.afterlearner.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
