package io.afterlearner.feedback.core.statistics;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Detects a shift of a level: each block of exposures is compared with the first blocks, the reference.
 *
 * <p>An exposure belongs to the block in whose time it was assigned, whenever it ripens, and so do its corrections. A
 * block is tested when the next one is full, because its outcomes may still arrive until then. The first block, of at
 * least a minute, is a warm-up and not used. To be robust against one odd reference block, a block counts as shifted only
 * if it is shifted against the reference without any one of its blocks, too.
 *
 * <p>Each block is one test with a false positive probability of at most {@link #ALPHA}. A shift below
 * {@link #MIN_EFFECT} standard deviations is never reported, however significant it is.
 *
 * @param warm whether the warm-up block is over
 * @param reference the first blocks after warm-up, at most {@link #REFERENCE_BLOCKS}
 * @param settling the full block that waits for late outcomes; null if there is none
 * @param filling the current block
 * @param moved the shift that the latest test found; null if it found none
 */
public record DriftDetector(
        boolean warm,
        List<Moments> reference,
        @Nullable Block settling,
        Block filling,
        @Nullable Shift moved) {
    static final double ALPHA = 0.001;
    static final double MIN_EFFECT = 0.2;
    static final int REFERENCE_BLOCKS = 4;
    /** Minimum length of a block at any traffic: a hiccup of a second or two must not fill one. */
    static final long MIN_BLOCK_MILLIS = 5_000;
    /** Minimum length of the warm-up: a cold service, or cold clients, may delay outcomes for this long. */
    static final long WARM_UP_MILLIS = 60_000;

    public DriftDetector {
        reference = List.copyOf(reference);
    }

    /** Mean shares of the range before and after. */
    public record Shift(double from, double to) {}

    /**
     * Exposures assigned within a period.
     *
     * @param fromMillis start of the period
     * @param untilMillis time of the latest assignment
     */
    public record Block(long fromMillis, long untilMillis, Moments sums) {
        private Block plus(Moments more, long atMillis) {
            return new Block(fromMillis, Math.max(untilMillis, atMillis), sums.plus(more));
        }

        private boolean isFull(long size, long leastMillis) {
            return sums.count() >= size && untilMillis - fromMillis >= leastMillis;
        }

        private Block next() {
            return new Block(untilMillis + 1, untilMillis + 1, Moments.NONE);
        }
    }

    /**
     * A detector that ignores exposures assigned before the given time.
     *
     * @param warm whether to omit the warm-up
     */
    public static DriftDetector since(long millis, boolean warm) {
        return new DriftDetector(warm, List.of(), null, new Block(millis, millis, Moments.NONE), null);
    }

    /** The detector for a clock that was turned back to this time: the current block neither begins nor ends later. */
    public DriftDetector notAfter(long millis) {
        boolean begun = filling.fromMillis <= millis;
        Block current = begun
                ? new Block(filling.fromMillis, Math.min(filling.untilMillis, millis), filling.sums)
                : new Block(millis, millis, Moments.NONE);
        return new DriftDetector(warm, reference, begun ? settling : null, current, moved);
    }

    /**
     * Adds outcomes of exposures.
     *
     * @param assignedAtMillis when the units were assigned
     * @param blockSize exposures per block
     */
    public DriftDetector plus(Moments more, long assignedAtMillis, long blockSize) {
        if (assignedAtMillis >= filling.fromMillis) {
            DriftDetector next = with(settling, filling.plus(more, assignedAtMillis));
            return next.filling.isFull(blockSize, warm ? MIN_BLOCK_MILLIS : WARM_UP_MILLIS) ? next.turned() : next;
        }
        // Blocks already tested do not change.
        return settling != null && assignedAtMillis >= settling.fromMillis
                ? with(settling.plus(more, assignedAtMillis), filling)
                : with(settling, filling);
    }

    private DriftDetector with(@Nullable Block full, Block next) {
        return new DriftDetector(warm, reference, full, next, null);
    }

    /** The filled block settles, and the settled one is tested. */
    private DriftDetector turned() {
        if (!warm) {
            return new DriftDetector(true, reference, null, filling.next(), null);
        }
        Moments tested = settling == null ? Moments.NONE : settling.sums;
        boolean isShifted = isShifted(tested);
        List<Moments> known = new ArrayList<>(reference);
        if (tested.count() > 0 && known.size() < REFERENCE_BLOCKS) {
            known.add(tested);
        }
        Shift shift = isShifted ? new Shift(sum(-1).mean(), tested.mean()) : null;
        return new DriftDetector(true, known, filling, filling.next(), shift);
    }

    private boolean isShifted(Moments block) {
        double sign = Math.signum(block.mean() - sum(-1).mean());
        for (int i = 0; i < reference.size(); i++) {
            Moments others = sum(i);
            double shift = sign * (block.mean() - others.mean());
            if (!(shift > new ConfidenceSequence(ALPHA).halfWidth(block, others, 1)
                    && shift >= MIN_EFFECT * Math.sqrt(others.variance()))) {
                return false;
            }
        }
        return reference.size() > 1;
    }

    /** Sum of the reference blocks except one; -1 omits none. */
    private Moments sum(int without) {
        Moments sum = Moments.NONE;
        for (int i = 0; i < reference.size(); i++) {
            sum = i == without ? sum : sum.plus(reference.get(i));
        }
        return sum;
    }
}
