package io.afterlearner.evaluation.score;

import io.afterlearner.evaluation.loss.Scorer;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Two scores of the same examples, example by example; many examples are grouped into blocks of neighbours.
 *
 * @param shipped sums of the shipped model's statistics
 * @param candidate sums of the candidate's statistics
 * @param before a row per block: its part of {@code shipped}
 * @param after a row per block: its part of {@code candidate}
 * @param sizes examples in each block
 * @param examples that count, together
 */
record PairedBlocks(
        Scorer scorer,
        double[] shipped,
        double[] candidate,
        double[][] before,
        double[][] after,
        int[] sizes,
        int examples) {

    private static final int MAX_BLOCKS = 2_000;

    /** Losses come from 32-bit floats; differences within 16 units in the last place are rounding. */
    private static final double ROUNDING = 16 * 0x1p-23;

    /** Differences of losses up to this are none. */
    static double tolerance(double shipped, double candidate) {
        return ROUNDING * Math.max(Math.abs(shipped), Math.abs(candidate));
    }

    /** @throws IllegalArgumentException if the scores are not of the same examples and loss */
    static PairedBlocks of(Score shipped, Score candidate) {
        if (shipped.examples() != candidate.examples()
                || shipped.statistics().length != candidate.statistics().length) {
            throw new IllegalArgumentException(
                    "scores of " + shipped.examples() + " and " + candidate.examples() + " examples cannot be paired");
        }
        int[] rows = counted(shipped, candidate);
        int size = Math.max(1, (rows.length + MAX_BLOCKS - 1) / MAX_BLOCKS);
        int blocks = (rows.length + size - 1) / size;
        double[][] before = new double[blocks][shipped.scorer().statistics()];
        double[][] after = new double[blocks][shipped.scorer().statistics()];
        int[] sizes = new int[blocks];
        for (int i = 0; i < rows.length; i++) {
            add(shipped, rows[i], before[i / size]);
            add(candidate, rows[i], after[i / size]);
            sizes[i / size]++;
        }
        return new PairedBlocks(shipped.scorer(), shipped.sums(), candidate.sums(), before, after, sizes, rows.length);
    }

    /** The rows that count: all, or those that are not zero if the loss does not depend on the number of examples. */
    private static int[] counted(Score shipped, Score candidate) {
        int[] rows = new int[shipped.examples()];
        int count = 0;
        boolean all = shipped.scorer().value(shipped.sums(), shipped.examples() + 1L) != shipped.loss();
        for (int row = 0; row < rows.length; row++) {
            if (all || !isZero(shipped, row) || !isZero(candidate, row)) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    private static boolean isZero(Score score, int row) {
        int width = score.scorer().statistics();
        for (int at = row * width; at < (row + 1) * width; at++) {
            if (score.statistics()[at] != 0) {
                return false;
            }
        }
        return true;
    }

    private static void add(Score score, int row, double[] sums) {
        for (int s = 0; s < sums.length; s++) {
            sums[s] += score.statistics()[row * sums.length + s];
        }
    }

    /** Shipped loss − candidate loss. */
    double gain() {
        return scorer.value(shipped, examples) - scorer.value(candidate, examples);
    }

    double tolerance() {
        return tolerance(scorer.value(shipped, examples), scorer.value(candidate, examples));
    }

    /**
     * One gain per block: jackknife pseudo-values of the gain. For a plain mean over examples they are the blocks' own
     * differences; for other losses they are how much each adds to the gain. They are multiples of the tolerance, so that
     * equal ones are exactly equal. Not finite where the loss without a block is not.
     *
     * @see <a href="https://doi.org/10.1137/1.9781611970319">Efron, The Jackknife, the Bootstrap and Other Resampling Plans (1982)</a>
     */
    double[] gains() {
        double gain = gain();
        double unit = unit(tolerance());
        double[] gains = new double[sizes.length];
        for (int block = 0; block < gains.length; block++) {
            int others = examples - sizes[block];
            double rest = scorer.value(without(shipped, before[block]), others)
                    - scorer.value(without(candidate, after[block]), others);
            double own = gain + (gain - rest) * others / sizes[block];
            gains[block] = unit == 0 ? own : Math.rint(own / unit) * unit;
        }
        return gains;
    }

    /** A power of two, so that sums of its multiples are exact. */
    private static double unit(double tolerance) {
        return tolerance == 0 ? 0 : Math.scalb(1.0, Math.getExponent(tolerance));
    }

    private static double[] without(double[] sums, double[] part) {
        double[] rest = sums.clone();
        Arrays.setAll(rest, s -> sums[s] - part[s]);
        return rest;
    }

    /**
     * The share of random swaps, each exchanging the two models on half of the blocks, with a gain at least as large, where a tie
     * counts half. Small if the candidate is better. The test is exact if the models are alike, for any loss; for
     * right and wrong answers it is the mid-p version of McNemar's test.
     *
     * @see <a href="https://doi.org/10.1186/1471-2288-13-91">Fagerland, Lydersen and Laake, The McNemar test for binary matched-pairs data: mid-p and asymptotic are better than exact conditional (2013)</a>
     */
    double swapped(int draws, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double gain = gain();
        double tolerance = tolerance();
        double larger = 1;
        for (int draw = 0; draw < draws; draw++) {
            double difference = swap(random) - gain;
            larger += difference > tolerance ? 1 : difference >= -tolerance ? 0.5 : 0;
        }
        return larger / (draws + 1);
    }

    private double swap(SplittableRandom random) {
        double[] first = shipped.clone();
        double[] second = candidate.clone();
        long coins = 0;
        for (int block = 0; block < sizes.length; block++) {
            coins = block % Long.SIZE == 0 ? random.nextLong() : coins >>> 1;
            if ((coins & 1) != 0) {
                for (int s = 0; s < first.length; s++) {
                    double moved = after[block][s] - before[block][s];
                    first[s] += moved;
                    second[s] -= moved;
                }
            }
        }
        return scorer.value(first, examples) - scorer.value(second, examples);
    }
}
