/** What an ask and a tell cost in time and memory; measures in the calling thread and starts none. */
@NullMarked
package io.afterlearner.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
