package io.afterlearner.benchmarks.quality;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Medians of final regret over seeds, cell by cell. Equal seeds give equal figures with any number of threads. */
public final class QualityBench {
    private final Reference reference;
    private final int seeds;
    private final int threads;

    /**
     * @param seeds instances per cell, at least 1; the first 11 are those of the reference
     * @param threads number of parallel runs, at least 1
     */
    public QualityBench(Reference reference, int seeds, int threads) {
        this.reference = reference;
        this.seeds = seeds;
        this.threads = threads;
    }

    /**
     * Measures every cell and passes each row on as soon as it is known, in the order of the cells.
     *
     * @throws IllegalArgumentException if the optimizer refuses a problem; the message says why
     */
    public List<QualityRow> run(String optimizer, List<Cell> cells, Consumer<QualityRow> listener)
            throws InterruptedException {
        try (Seeds pool = new Seeds(seeds, threads)) {
            List<Seeds.Started> started = cells.stream()
                    .map(cell -> pool.start(seed -> QualityRun.regret(optimizer, cell, seed)))
                    .toList();
            List<QualityRow> rows = new ArrayList<>();
            for (int i = 0; i < cells.size(); i++) {
                rows.add(row(optimizer, cells.get(i), started.get(i).median()));
                listener.accept(rows.get(i));
            }
            return rows;
        }
    }

    private QualityRow row(String optimizer, Cell cell, double median) {
        double[] starts = IntStream.range(0, seeds)
                .mapToDouble(seed -> QualityRun.start(cell, seed))
                .toArray();
        return QualityRow.of(optimizer, cell, Seeds.median(starts), median, reference);
    }
}
