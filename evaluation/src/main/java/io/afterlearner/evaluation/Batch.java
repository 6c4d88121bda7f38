package io.afterlearner.evaluation;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.run.Frontier;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Examples that go through the graph together.
 *
 * @param index of the batch
 * @param from first example
 * @param rows number of examples; further rows of the inputs are padding
 * @param inputs views of the data
 * @param frontier their frozen prefix; null if it did not fit into the cache
 */
record Batch(
        int index,
        int from,
        int rows,
        Map<String, Tensor> inputs,
        @Nullable Frontier frontier) {}
