package io.afterlearner.benchmarks.quality;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Repeats a run with every seed, several in parallel. Closing cancels runs that are not done. */
final class Seeds implements AutoCloseable {

    /** Running tasks, one per seed. */
    record Started(List<Future<Double>> runs) {

        /**
         * Waits for all runs.
         *
         * @throws IllegalArgumentException if the optimizer refuses the problem; the message says why
         */
        double median() throws InterruptedException {
            double[] results = new double[runs.size()];
            for (int i = 0; i < results.length; i++) {
                results[i] = result(runs.get(i));
            }
            return Seeds.median(results);
        }

        private static double result(Future<Double> run) throws InterruptedException {
            try {
                return run.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IllegalArgumentException refusal) {
                    throw new IllegalArgumentException(refusal.getMessage(), e);
                }
                throw new IllegalStateException("a run failed: " + e.getCause(), e);
            }
        }
    }

    private final int count;
    private final ExecutorService pool;

    Seeds(int count, int threads) {
        this.count = count;
        this.pool = Executors.newFixedThreadPool(threads);
    }

    /** Starts a run with each of the seeds 0 to count - 1. */
    Started start(IntToDoubleFunction run) {
        return new Started(IntStream.range(0, count)
                .mapToObj(seed -> pool.submit(() -> run.applyAsDouble(seed)))
                .toList());
    }

    /** The median; for an even count, the mean of the two middle values. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
