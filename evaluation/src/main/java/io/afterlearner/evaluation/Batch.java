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
 * @param rows examples; what the inputs hold beyond them is padding
 * @param inputs views of the data
 * @param frontier what the prefix made of them; null where it did not fit the cache
 */
record Batch(
        int index,
        int from,
        int rows,
        Map<String, Tensor> inputs,
        @Nullable Frontier frontier) {}
