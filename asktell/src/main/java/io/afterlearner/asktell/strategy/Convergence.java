package io.afterlearner.asktell.strategy;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Detects that a run in batches no longer makes progress, by its losses: TolFun and Stagnation of Hansen: Benchmarking a
 * BI-population CMA-ES on the BBOB-2009 function testbed, GECCO 2009. A batch is a fixed number of consecutive told losses. A
 * run with n dimensions and batches of λ is over once
 *
 * <ul>
 *   <li>the best losses of the last 10 + 30n/λ batches differ by no more than {@link #MIN_RANGE} of the progress since the
 *       first batch, or
 *   <li>among the last 120 + 30n/λ batches, the latest 30 % are no better than the first 30 %, both by the median of their best
 *       losses and by that of their median losses.
 * </ul>
 */
final class Convergence {

    private static final double MIN_RANGE = 1e-12;
    private static final double SHARE = 0.3;

    private final double[] batch;
    private final int flatBatches;
    private final int stagnantBatches;
    private final Deque<Double> bests = new ArrayDeque<>();
    private final Deque<Double> medians = new ArrayDeque<>();
    private int size;
    private double first = Double.POSITIVE_INFINITY;
    private double farthest;

    Convergence(int dimension, int batchSize) {
        batch = new double[batchSize];
        int slow = (int) Math.ceil(30.0 * dimension / batchSize);
        flatBatches = 10 + slow;
        stagnantBatches = 120 + slow;
    }

    /** Adds a loss, positive infinity if failed; returns whether it completes a batch. */
    boolean add(double loss) {
        batch[size++] = loss;
        if (size < batch.length) {
            return false;
        }
        size = 0;
        Arrays.sort(batch);
        first = first == Double.POSITIVE_INFINITY ? batch[0] : first;
        farthest = batch[0] == Double.POSITIVE_INFINITY ? farthest : Math.max(farthest, Math.abs(first - batch[0]));
        remember(bests, batch[0]);
        remember(medians, batch[batch.length / 2]);
        return true;
    }

    private void remember(Deque<Double> losses, double loss) {
        losses.add(loss);
        if (losses.size() > stagnantBatches) {
            losses.remove();
        }
    }

    /** The median loss of the last batch; only valid after one. */
    double median() {
        return medians.getLast();
    }

    /** Whether the run is over; only valid between batches. */
    boolean reached() {
        double[] losses = array(bests);
        return isFlat(losses) || (losses.length == stagnantBatches && !improves(losses) && !improves(array(medians)));
    }

    private boolean isFlat(double[] losses) {
        if (losses.length < flatBatches) {
            return false;
        }
        double[] latest = Arrays.copyOfRange(losses, losses.length - flatBatches, losses.length);
        Arrays.sort(latest);
        double greatest = latest[latest.length - 1];
        return latest[0] == greatest || greatest - latest[0] <= MIN_RANGE * farthest;
    }

    private static boolean improves(double[] losses) {
        int share = (int) (SHARE * losses.length);
        double before = median(Arrays.copyOf(losses, share));
        return median(Arrays.copyOfRange(losses, losses.length - share, losses.length)) < before;
    }

    private static double median(double[] losses) {
        Arrays.sort(losses);
        return losses[losses.length / 2];
    }

    private static double[] array(Deque<Double> losses) {
        return losses.stream().mapToDouble(loss -> loss).toArray();
    }
}
