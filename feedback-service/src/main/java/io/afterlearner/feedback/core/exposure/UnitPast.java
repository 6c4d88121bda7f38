package io.afterlearner.feedback.core.exposure;

/**
 * What a unit did in its counted exposures, of the metric to improve. A new exposure is given the mean of those whose window was over
 * when the unit was drawn for it. So the mean cannot depend on that draw, whatever the unit does afterwards and however late this
 * service reads of it.
 *
 * @param all of all exposures so far
 * @param earlier of all but the latest, whose window may end after the next draw
 * @param forgottenAtMillis when it is deleted unless the unit returns, epoch milliseconds
 */
public record UnitPast(String study, long incarnation, Running all, Running earlier, long forgottenAtMillis) {
    /** Fewer values say little about a unit, and would make values of which most is known look like those. */
    static final long LEAST_VALUES = 3;
    /** The latest value has at least this share of the mean, so that a unit that changes is followed. */
    static final double LEAST_SHARE = 0.05;

    /**
     * A running mean.
     *
     * @param mean share of the metric's range
     * @param values number of values
     * @param endsMillis when the last of their windows was over
     */
    public record Running(double mean, long values, long endsMillis) {
        static final Running NONE = new Running(0, 0, Long.MIN_VALUE);

        Running plus(double value, long atMillis) {
            double share = Math.max(LEAST_SHARE, 1.0 / (values + 1));
            return new Running(mean + share * (value - mean), values + 1, Math.max(endsMillis, atMillis));
        }

        boolean isKnownAt(long drawnAtMillis) {
            return values >= LEAST_VALUES && endsMillis <= drawnAtMillis;
        }
    }

    /** Before the first exposure. */
    public static UnitPast none(String study, long incarnation) {
        return new UnitPast(study, incarnation, Running.NONE, Running.NONE, Long.MIN_VALUE);
    }

    /** Whether it is of this study: one that was deleted and created again begins anew. */
    public boolean isOf(TrackedExposure exposure) {
        return study.equals(exposure.study()) && incarnation == exposure.incarnation();
    }

    /**
     * With the value of a counted exposure.
     *
     * @param value share of the metric's range
     * @param endsMillis when the exposure's window was over
     * @param keptMillis how long it is kept unless the unit returns
     */
    public UnitPast plus(double value, long endsMillis, long keptMillis) {
        return new UnitPast(
                study,
                incarnation,
                all.plus(value, endsMillis),
                all,
                Math.max(forgottenAtMillis, endsMillis + keptMillis));
    }

    /**
     * The mean of what was over when the unit was drawn, as a share of the metric's range; {@link
     * TrackedExposure#NO_PAST} if that is too little.
     */
    public double before(long drawnAtMillis) {
        if (all.isKnownAt(drawnAtMillis)) {
            return all.mean();
        }
        return earlier.isKnownAt(drawnAtMillis) ? earlier.mean() : TrackedExposure.NO_PAST;
    }
}
