package io.afterlearner.feedback.core.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Detects a shift of a level that follows a cycle, such as day and night.
 *
 * <p>Exposures belong to the block in whose time their units were drawn, whenever they ripen, and so do their corrections. A block is
 * tested when the next one is full, because its outcomes may still arrive until then. The first block, of at least a minute, is a
 * warm-up and not used.
 *
 * <p>During the first cycle nobody knows what belongs to it: a block counts as shifted only if the level jumped from the block before the
 * last one, by more than {@link #JUMP} times as much as it ever did over two blocks (by any amount, if the block is too short for a time
 * of day). From then on a block is compared with the same phase of the cycles before, and counts as shifted if the
 * block before it was, too, in the same direction: one odd block of an earlier cycle is not a drift.
 *
 * <p>Each block is one test with a false positive probability of at most {@link #ALPHA}. A shift below {@link #MIN_EFFECT} standard
 * deviations is never reported, however significant it is.
 *
 * @param warm whether the warm-up block is over
 * @param startMillis when the first cycle began
 * @param known number of blocks tested in the first cycle
 * @param before the block before the latest one that was tested
 * @param latest the latest block that was tested
 * @param largest change of the level over two blocks so far, without the latest, as a share of the range
 * @param change of the level over the latest two blocks: one that a jump falls into must not hide it
 * @param phases sums of the blocks that were not shifted, by phase of the cycle
 * @param suspect direction of the shift of the latest block that was tested: -1, 0 or 1
 * @param settling the full block that waits for late outcomes; null if there is none
 * @param filling the current block
 * @param moved the shift that the latest test found; null if it found none
 */
public record DriftDetector(
        boolean warm,
        long startMillis,
        int known,
        Sample before,
        Sample latest,
        double largest,
        double change,
        List<Sample> phases,
        int suspect,
        @Nullable Block settling,
        Block filling,
        @Nullable Shift moved) {
    static final double ALPHA = 0.001;
    static final double MIN_EFFECT = 0.2;
    /** Parts of a cycle whose levels may differ. */
    static final int PHASES = 24;
    /** A block that is shorter than this part of a cycle has no time of day. */
    static final int SHORT = 200;
    /** So many times the largest change so far is a jump. */
    static final double JUMP = 2;
    /** Blocks of the first cycle before one is tested. */
    static final int REFERENCE_BLOCKS = 4;
    /** Minimum length of a block at any traffic: a hiccup of a second or two must not fill one. */
    static final long MIN_BLOCK_MILLIS = 5_000;
    /** Minimum length of the warm-up: a cold service, or cold clients, may delay outcomes for this long. */
    static final long WARM_UP_MILLIS = 60_000;

    public DriftDetector {
        phases = List.copyOf(phases);
    }

    /** Mean shares of the range before and after. */
    public record Shift(double from, double to) {}

    /**
     * Exposures of units drawn within a period.
     *
     * @param fromMillis start of the period
     * @param untilMillis time of the latest draw
     */
    public record Block(long fromMillis, long untilMillis, Sample sums) {
        private Block plus(Sample more, long atMillis) {
            return new Block(fromMillis, Math.max(untilMillis, atMillis), sums.plus(more));
        }

        /** A block that fills within a phase is full at the size; a longer one, with half of it. */
        private boolean isFull(long size, long leastMillis, long phaseMillis) {
            long length = untilMillis - fromMillis;
            long enough = length >= phaseMillis ? (size + 1) / 2 : size;
            return sums.count() >= enough && length >= leastMillis;
        }

        private Block next() {
            return new Block(untilMillis + 1, untilMillis + 1, Sample.NONE);
        }
    }

    /** A detector that ignores units drawn before the given time. */
    public static DriftDetector since(long millis) {
        return new DriftDetector(
                false,
                millis,
                0,
                Sample.NONE,
                Sample.NONE,
                0,
                0,
                Collections.nCopies(PHASES, Sample.NONE),
                0,
                null,
                new Block(millis, millis, Sample.NONE),
                null);
    }

    /** The detector for a clock that was turned back to this time: the current block neither begins nor ends later. */
    public DriftDetector notAfter(long millis) {
        boolean begun = filling.fromMillis <= millis;
        Block current = begun
                ? new Block(filling.fromMillis, Math.min(filling.untilMillis, millis), filling.sums)
                : new Block(millis, millis, Sample.NONE);
        return new DriftDetector(
                warm,
                Math.min(startMillis, millis),
                known,
                before,
                latest,
                largest,
                change,
                phases,
                suspect,
                begun ? settling : null,
                current,
                moved);
    }

    /**
     * Adds outcomes of exposures.
     *
     * @param drawnAtMillis when the units were drawn
     * @param blockSize exposures per block
     * @param cycleMillis period after which levels repeat
     */
    public DriftDetector plus(Sample more, long drawnAtMillis, long blockSize, long cycleMillis) {
        if (drawnAtMillis >= filling.fromMillis) {
            DriftDetector next = with(settling, filling.plus(more, drawnAtMillis));
            long least = warm ? MIN_BLOCK_MILLIS : WARM_UP_MILLIS;
            return next.filling.isFull(blockSize, least, cycleMillis / PHASES) ? next.turned(cycleMillis) : next;
        }
        // Blocks already tested do not change.
        return settling != null && drawnAtMillis >= settling.fromMillis
                ? with(settling.plus(more, drawnAtMillis), filling)
                : with(settling, filling);
    }

    private DriftDetector with(@Nullable Block full, Block next) {
        return new DriftDetector(
                warm, startMillis, known, before, latest, largest, change, phases, suspect, full, next, null);
    }

    /** The filled block settles, and the settled one is tested. */
    private DriftDetector turned(long cycleMillis) {
        if (!warm || settling == null) {
            return new DriftDetector(
                    true,
                    warm ? startMillis : filling.next().fromMillis,
                    known,
                    before,
                    latest,
                    largest,
                    change,
                    phases,
                    suspect,
                    warm ? filling : null,
                    filling.next(),
                    null);
        }
        return settling.fromMillis - startMillis < cycleMillis
                ? inFirstCycle(settling, cycleMillis)
                : inPhase(settling, cycleMillis);
    }

    private DriftDetector inFirstCycle(Block block, long cycleMillis) {
        double step = Math.abs(block.sums.mean() - before.mean());
        // A ratio of nothing has no level.
        double now = known < 2 || Double.isNaN(step) ? 0 : step;
        // No time of day changes so much in so short a time.
        boolean isShort = block.untilMillis - block.fromMillis < cycleMillis / SHORT;
        boolean isJump = isShort || now > JUMP * largest;
        boolean shifted = known >= REFERENCE_BLOCKS && isJump && isShown(block.sums, before, now);
        return tested(
                block,
                now,
                shifted ? phases : adding(block, cycleMillis),
                0,
                shifted ? new Shift(before.mean(), block.sums.mean()) : null);
    }

    private DriftDetector inPhase(Block block, long cycleMillis) {
        Sample reference = reference(block, cycleMillis);
        double difference = block.sums.mean() - reference.mean();
        int direction = isShown(block.sums, reference, Math.abs(difference)) ? (int) Math.signum(difference) : 0;
        boolean shifted = direction != 0 && direction == suspect;
        return tested(
                block,
                change,
                direction == 0 ? adding(block, cycleMillis) : phases,
                direction,
                shifted ? new Shift(reference.mean(), block.sums.mean()) : null);
    }

    private DriftDetector tested(Block block, double now, List<Sample> sums, int direction, @Nullable Shift shift) {
        return new DriftDetector(
                true,
                startMillis,
                known + 1,
                latest,
                block.sums,
                Math.max(largest, change),
                now,
                sums,
                direction,
                filling,
                filling.next(),
                shift);
    }

    private static boolean isShown(Sample block, Sample reference, double difference) {
        return difference > new ConfidenceSequence(ALPHA).halfWidth(block.moments(), reference.moments(), 1)
                && difference >= MIN_EFFECT * Math.sqrt(reference.moments().variance());
    }

    private int phase(long millis, long cycleMillis) {
        return (int) (Math.floorMod(millis - startMillis, cycleMillis) * PHASES / cycleMillis);
    }

    /** Its time is counted as that of its middle. */
    private List<Sample> adding(Block block, long cycleMillis) {
        List<Sample> sums = new ArrayList<>(phases);
        int phase = phase(block.fromMillis + (block.untilMillis - block.fromMillis) / 2, cycleMillis);
        sums.set(phase, sums.get(phase).plus(block.sums));
        return sums;
    }

    /** What was seen in the phases of the block; if that is too little, in those around it, too. */
    private Sample reference(Block block, long cycleMillis) {
        int from = phase(block.fromMillis, cycleMillis);
        int phasesOfBlock = (int) Math.min(PHASES, 1 + (block.untilMillis - block.fromMillis) * PHASES / cycleMillis);
        Sample sum = Sample.NONE;
        for (int reach = 0; reach < PHASES && sum.count() == 0; reach++) {
            sum = Sample.NONE;
            for (int i = -reach; i < Math.min(PHASES - reach, phasesOfBlock + reach); i++) {
                sum = sum.plus(phases.get(Math.floorMod(from + i, PHASES)));
            }
        }
        return sum;
    }
}
