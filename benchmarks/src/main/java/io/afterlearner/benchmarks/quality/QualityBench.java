package io.afterlearner.benchmarks.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Medians of final regret over seeds, cell by cell. The same seeds give the same figures on any number of threads. */
public final class QualityBench {
    private final Reference reference;
    private final int seeds;
    private final int threads;

    /**
     * @param seeds instances a cell, at least 1; the first 11 are those of the reference
     * @param threads how many runs go on at once, at least 1
     */
    public QualityBench(Reference reference, int seeds, int threads) {
        this.reference = reference;
        this.seeds = seeds;
        this.threads = threads;
    }

    /** Measures every cell, and hands each row over, in the order of the cells, as soon as it is known. */
    public List<QualityRow> run(String optimizer, List<Cell> cells, Consumer<QualityRow> listener)
            throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<List<Future<Double>>> runs =
                    cells.stream().map(cell -> start(pool, optimizer, cell)).toList();
            List<QualityRow> rows = new ArrayList<>();
            for (int i = 0; i < cells.size(); i++) {
                rows.add(QualityRow.of(optimizer, cells.get(i), median(runs.get(i)), reference));
                listener.accept(rows.get(i));
            }
            return rows;
        } finally {
            pool.shutdownNow();
        }
    }

    private List<Future<Double>> start(ExecutorService pool, String optimizer, Cell cell) {
        return IntStream.range(0, seeds)
                .mapToObj(seed -> pool.submit(() -> QualityRun.regret(optimizer, cell, seed)))
                .toList();
    }

    private static double median(List<Future<Double>> runs) throws InterruptedException {
        double[] regrets = new double[runs.size()];
        for (int i = 0; i < regrets.length; i++) {
            try {
                regrets[i] = runs.get(i).get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("a run failed: " + e.getCause(), e);
            }
        }
        return Medians.of(regrets);
    }
}
