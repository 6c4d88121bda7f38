package io.afterlearner.feedback.core;

import org.jspecify.annotations.Nullable;

/**
 * Whether a level moved: the latest block of exposures against the first ones. Each block is a look of its own, at
 * which a level that stays is said to have moved with a probability of at most {@link #ALPHA}: less than once in
 * 1,000 blocks. A shift by less than {@link #MATERIAL} standard deviations is never said to be one, though enough
 * blocks would show it.
 *
 * @param reference the first {@link #REFERENCE} blocks since the beginning
 * @param blocks how many of them are full
 * @param latest the block that is being filled
 * @param moved why the level is thought to have moved; null if it is not
 */
public record Drift(
        Sums reference, int blocks, Sums latest, @Nullable Shift moved) {
    static final double ALPHA = 0.001;
    static final double MATERIAL = 0.2;
    static final int REFERENCE = 4;

    static final Drift NONE = new Drift(Sums.NONE, 0, Sums.NONE, null);

    /** From what mean share of the range to which. */
    public record Shift(double from, double to) {}

    /**
     * Folds in what came.
     *
     * @param blockSize exposures a block
     */
    Drift plus(Sums more, long blockSize) {
        Sums filled = latest.plus(more);
        if (filled.count() < blockSize) {
            return new Drift(reference, blocks, filled, null);
        }
        Shift shift = isShifted(filled) ? new Shift(reference.mean(), filled.mean()) : null;
        return blocks < REFERENCE
                ? new Drift(reference.plus(filled), blocks + 1, Sums.NONE, shift)
                : new Drift(reference, blocks, Sums.NONE, shift);
    }

    private boolean isShifted(Sums block) {
        if (blocks == 0) {
            return false;
        }
        double shift = Math.abs(block.mean() - reference.mean());
        return shift > new Sequence(ALPHA).halfWidth(block, reference, 1)
                && shift >= MATERIAL * Math.sqrt(reference.variance());
    }
}
