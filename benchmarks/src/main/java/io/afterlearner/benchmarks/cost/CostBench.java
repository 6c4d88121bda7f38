package io.afterlearner.benchmarks.cost;

import com.sun.management.ThreadMXBean;
import io.afterlearner.benchmarks.cost.CostRow.Growth;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * CPU time and allocated bytes of an ask and a tell in this JVM, on one thread: consecutive runs of a thousand trials, with
 * equal time for warm-up and measurement. The result is the median over runs of the mean over a run, so that occasional work of
 * an algorithm counts. It includes the loss, a plain sum of squares; {@link #NOTHING} measures that part. ADR 10 says why this
 * does not use JMH.
 */
public final class CostBench {
    /** A pseudo-optimizer that asks for copies of ℵ₀ and is never told: the cost of the loop itself. */
    public static final String NOTHING = "(nothing)";

    /** Trials per run. */
    public static final int RUN = 1_000;

    /** Trials per long run. */
    public static final int LONG_RUN = 100_000;

    /** Thousands of trials whose median is taken, at either end of a long run. */
    private static final int THOUSANDS = 5;

    /** Trials between clock readings, because a reading costs as much as a cheap trial. */
    private static final int BATCHES_BETWEEN_LOOKS = 50;

    private final Overhead overhead = new Overhead();
    private final double seconds;

    /** @param seconds of CPU to warm up, and again to measure; runs are cut short. A long run has ten times as many */
    public CostBench(double seconds) {
        this.seconds = seconds;
    }

    /**
     * Measures one row.
     *
     * @param growth whether to measure a long run too
     * @throws IllegalArgumentException if the optimizer refuses the dimension; the message says why
     */
    public CostRow row(String optimizer, int dimension, int workers, boolean growth) {
        runs(optimizer, dimension, workers);
        List<Block> runs = runs(optimizer, dimension, workers);
        return new CostRow(
                optimizer,
                dimension,
                workers,
                median(runs, Block::micros),
                median(runs, Block::bytes),
                runs.stream().mapToLong(Block::trials).sum(),
                overhead.micros(optimizer, dimension, workers),
                growth ? Optional.of(growth(optimizer, dimension, workers)) : Optional.empty());
    }

    /** Means over consecutive trials. */
    private record Block(double micros, double bytes, long trials) {}

    /** Repeats whole runs until the time is up; a run cut short counts only if it is the only one. */
    private List<Block> runs(String optimizer, int dimension, int workers) {
        Meter all = new Meter();
        List<Block> runs = new ArrayList<>();
        while (all.seconds() < seconds) {
            Block run = block(Trials.of(optimizer, dimension, workers, RUN, runs.size()), all, seconds);
            if (run.trials() >= RUN || runs.isEmpty()) {
                runs.add(run);
            }
        }
        return runs;
    }

    private Growth growth(String optimizer, int dimension, int workers) {
        Meter beginnings = new Meter();
        List<Block> first = new ArrayList<>();
        for (int run = 0; run < THOUSANDS; run++) {
            first.add(block(Trials.of(optimizer, dimension, workers, LONG_RUN, run), beginnings, 2 * seconds));
        }
        Meter all = new Meter();
        Trials trials = Trials.of(optimizer, dimension, workers, LONG_RUN, THOUSANDS);
        Deque<Block> last = new ArrayDeque<>();
        while (trials.count() < LONG_RUN && (last.isEmpty() || all.seconds() < 10 * seconds)) {
            last.addLast(block(trials, all, 10 * seconds));
            if (last.size() > THOUSANDS) {
                last.removeFirst();
            }
        }
        return new Growth(median(first, Block::micros), median(last, Block::micros), trials.count());
    }

    /** Runs a thousand trials, or fewer if a meter reaches the time limit first. */
    private static Block block(Trials trials, Meter all, double seconds) {
        Meter meter = new Meter();
        long before = trials.count();
        for (int batch = 1; trials.count() - before < RUN; batch++) {
            trials.batch();
            if (batch % BATCHES_BETWEEN_LOOKS == 0 && all.seconds() >= seconds) {
                break;
            }
        }
        double micros = meter.micros();
        double done = trials.count() - before;
        return new Block(micros / done, meter.bytes() / done, trials.count() - before);
    }

    private static double median(Collection<Block> blocks, ToDoubleFunction<Block> figure) {
        double[] sorted = blocks.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /**
     * CPU time and allocations of the calling thread since the meter was created. Other processes, garbage collection and
     * compilation do not count, because other threads do that work.
     */
    private static final class Meter {
        /** HotSpot's bean, which also counts allocated bytes. */
        private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        private final long startBytes = THREADS.getCurrentThreadAllocatedBytes();
        private final long startNanos = THREADS.getCurrentThreadCpuTime();

        double micros() {
            return (THREADS.getCurrentThreadCpuTime() - startNanos) / 1e3;
        }

        double seconds() {
            return micros() / 1e6;
        }

        long bytes() {
            return THREADS.getCurrentThreadAllocatedBytes() - startBytes;
        }
    }
}
