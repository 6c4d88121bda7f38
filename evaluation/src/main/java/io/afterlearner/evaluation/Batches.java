package io.afterlearner.evaluation;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.run.Frontier;
import io.afterlearner.aleph.run.SplitSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All batches of a data set, with what the frozen prefix made of them as far as the cache limit goes.
 *
 * @param all in the order of the examples
 */
record Batches(List<Batch> all) implements AutoCloseable {

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
        if (room <= 0) {
            return new Batch(index, from, rows, inputs, null);
        }
        Frontier frontier = session.prefix(inputs);
        if (frontier.bytes() <= room) {
            return new Batch(index, from, rows, inputs, frontier);
        }
        frontier.close();
        return new Batch(index, from, rows, inputs, null);
    }

    int cachedExamples() {
        return all.stream()
                .filter(batch -> batch.frontier() != null)
                .mapToInt(Batch::rows)
                .sum();
    }

    long cachedBytes() {
        long sum = 0;
        for (Batch batch : all) {
            Frontier frontier = batch.frontier();
            sum += frontier == null ? 0 : frontier.bytes();
        }
        return sum;
    }

    @Override
    public void close() {
        for (Batch batch : all) {
            Frontier frontier = batch.frontier();
            if (frontier != null) {
                frontier.close();
            }
        }
    }
}
