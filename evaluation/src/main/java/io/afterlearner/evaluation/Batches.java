package io.afterlearner.evaluation;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.run.Frontier;
import io.afterlearner.aleph.run.SplitSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All batches of a data set. As many of the first ones as fit into the cache have the output of the frozen prefix.
 *
 * @param all in the order of the examples
 */
record Batches(List<Batch> all) implements AutoCloseable {
    /**
     * Examples that go through the graph together.
     *
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

    static Batches of(SplitSession session, BatchPlan plan, Examples examples, long cacheBytes) {
        List<Batch> batches = new ArrayList<>();
        try {
            long left = cacheBytes;
            for (int from = 0; from < examples.count(); from += plan.batchRows()) {
                Batch batch = batch(session, plan, examples, batches.size(), from, left);
                Frontier kept = batch.frontier();
                // The first batch that does not fit ends the cache: later ones are as large.
                left = kept == null ? 0 : left - kept.bytes();
                batches.add(batch);
            }
            return new Batches(List.copyOf(batches));
        } catch (RuntimeException | Error e) {
            new Batches(batches).close();
            throw e;
        }
    }

    private static Batch batch(
            SplitSession session, BatchPlan plan, Examples examples, int index, int from, long room) {
        int rows = Math.min(plan.batchRows(), examples.count() - from);
        int fed = examples.fixedRows() > 0 ? plan.batchRows() : rows;
        Map<String, Tensor> inputs = examples.inputs(from, rows, fed);
        Frontier frontier = room > 0 ? session.prefix(inputs) : null;
        if (frontier != null && frontier.bytes() > room) {
            frontier.close();
            frontier = null;
        }
        return new Batch(index, from, rows, inputs, frontier);
    }

    int cachedExamples() {
        return all.stream()
                .filter(batch -> batch.frontier() != null)
                .mapToInt(Batch::rows)
                .sum();
    }

    private Stream<Frontier> frontiers() {
        return all.stream().flatMap(batch -> Stream.ofNullable(batch.frontier()));
    }

    long cachedBytes() {
        return frontiers().mapToLong(Frontier::bytes).sum();
    }

    @Override
    public void close() {
        frontiers().forEach(Frontier::close);
    }
}
