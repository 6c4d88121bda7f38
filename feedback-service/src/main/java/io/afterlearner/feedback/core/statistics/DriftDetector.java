package io.afterlearner.feedback.core.statistics;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a level moved: one block of exposures after the other against the first ones.
 *
 * <p>Exposures and what corrects them belong to the block in whose time they were assigned, whenever they ripen, and a
 * block is judged when the next one is full: until then outcomes may still come. The very first, of a minute at least, is left out, for
 * what starts cold measures cold; and a block counts as moved only where it does against the first ones without any one of
 * them, too, lest one that was odd makes all others so.
 *
 * <p>Each block is a look of its own, at which a level that stays is said to have moved with a probability of at most
 * {@link #ALPHA}: less than once in 1,000 blocks. A shift by less than {@link #MATERIAL} standard deviations is never said
 * to be one, though enough blocks would show it.
 *
 * @param warm whether the block that is left out is over
 * @param reference the first blocks, at most {@link #REFERENCE}
 * @param settling the block that is full and not judged; null if none is
 * @param filling the block that is being filled
 * @param moved why the level is thought to have moved; null if it is not
 */
public record DriftDetector(
        boolean warm,
        List<Moments> reference,
        @Nullable Block settling,
        Block filling,
        @Nullable Shift moved) {
    static final double ALPHA = 0.001;
    static final double MATERIAL = 0.2;
    static final int REFERENCE = 4;
    /** However many units come: a hiccup of a second or two is not to fill a block. */
    static final long SHORTEST_MILLIS = 5_000;
    /** What the first block takes at least: so long a service, or whoever it serves, may be cold, and outcomes too late. */
    static final long WARM_MILLIS = 60_000;

    public DriftDetector {
        reference = List.copyOf(reference);
    }

    /** From what mean share of the range to which. */
    public record Shift(double from, double to) {}

    /**
     * What was assigned within a time.
     *
     * @param fromMillis its first millisecond
     * @param untilMillis the last that something was assigned at
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

    /** Nothing yet; what was assigned before that time does not count. */
    public static DriftDetector since(long millis) {
        return new DriftDetector(false, List.of(), null, new Block(millis, millis, Moments.NONE), null);
    }

    /** As the other, where all is warm already: no block is left out. */
    public static DriftDetector warmSince(long millis) {
        return new DriftDetector(true, List.of(), null, new Block(millis, millis, Moments.NONE), null);
    }

    /**
     * Folds in what came.
     *
     * @param assignedAtMillis when the units met what they did
     * @param blockSize exposures a block
     */
    public DriftDetector plus(Moments more, long assignedAtMillis, long blockSize) {
        if (assignedAtMillis >= filling.fromMillis) {
            DriftDetector next = with(settling, filling.plus(more, assignedAtMillis));
            return next.filling.isFull(blockSize, warm ? SHORTEST_MILLIS : WARM_MILLIS) ? next.turned() : next;
        }
        // What is judged is judged.
        return settling != null && assignedAtMillis >= settling.fromMillis
                ? with(settling.plus(more, assignedAtMillis), filling)
                : with(settling, filling);
    }

    private DriftDetector with(@Nullable Block full, Block next) {
        return new DriftDetector(warm, reference, full, next, null);
    }

    /** The block that was filled settles, and the one that settled is judged. */
    private DriftDetector turned() {
        if (!warm) {
            return new DriftDetector(true, reference, null, filling.next(), null);
        }
        Moments judged = settling == null ? Moments.NONE : settling.sums;
        boolean isShifted = isShifted(judged);
        List<Moments> known = new ArrayList<>(reference);
        if (judged.count() > 0 && known.size() < REFERENCE) {
            known.add(judged);
        }
        Shift shift = isShifted ? new Shift(sum(-1).mean(), judged.mean()) : null;
        return new DriftDetector(true, known, filling, filling.next(), shift);
    }

    private boolean isShifted(Moments block) {
        double sign = Math.signum(block.mean() - sum(-1).mean());
        for (int i = 0; i < reference.size(); i++) {
            Moments others = sum(i);
            double shift = sign * (block.mean() - others.mean());
            if (!(shift > new ConfidenceSequence(ALPHA).halfWidth(block, others, 1)
                    && shift >= MATERIAL * Math.sqrt(others.variance()))) {
                return false;
            }
        }
        return reference.size() > 1;
    }

    /** Of the reference without one. */
    private Moments sum(int without) {
        Moments sum = Moments.NONE;
        for (int i = 0; i < reference.size(); i++) {
            sum = i == without ? sum : sum.plus(reference.get(i));
        }
        return sum;
    }
}
