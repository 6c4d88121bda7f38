package io.afterlearner.feedback.core.exposure;

/**
 * Whether reports of a metric arrive.
 *
 * @param exposures counted so far
 * @param reported those of them with a report of the metric
 * @param values values so far, also those that stand for silence
 * @param silent exposures since the latest one with a report
 * @param silentSinceMillis when the first of these was counted, epoch milliseconds
 */
public record ReportFlow(long exposures, long reported, long values, long silent, long silentSinceMillis) {
    public static final ReportFlow NONE = new ReportFlow(0, 0, 0, 0, 0);

    /** Fewer exposures without a report are no sign of a failure. */
    static final long LEAST = 30;
    /** Reports that would have come meanwhile, at the rate so far, if nothing failed. */
    private static final double EXPECTED = 100;

    /** Adds exposures, or a correction of them, which has none. */
    public ReportFlow plus(long atMillis, long more, long moreReported, long moreValues) {
        boolean silence = moreReported <= 0;
        return new ReportFlow(
                exposures + more,
                reported + moreReported,
                values + moreValues,
                silence ? silent + more : 0,
                silence && silent > 0 ? silentSinceMillis : atMillis);
    }

    /** Exposures of another arm, so many of them with a report, show that reports arrive; they say nothing of how often. */
    public ReportFlow heard(long moreReported) {
        return moreReported > 0 ? new ReportFlow(exposures, reported, values, 0, 0) : this;
    }

    public ReportFlow notAfter(long nowMillis) {
        return new ReportFlow(exposures, reported, values, silent, Math.min(silentSinceMillis, nowMillis));
    }

    /**
     * Whether reports have stopped, or never began: judged by how often they came before. Where silence stands for a value, the
     * first report may be long in coming.
     *
     * @param beforeMillis the silence began before then, so that late reports would have come
     * @param mostBeforeFirst exposures without any report that are plausible if silence has a value
     */
    public boolean isDry(long beforeMillis, long mostBeforeFirst) {
        if (silentSinceMillis > beforeMillis) {
            return false;
        }
        if (reported == 0) {
            return silent >= (values > 0 ? Math.max(LEAST, mostBeforeFirst) : LEAST);
        }
        double rate = Math.min(1, reported / (double) Math.max(1, exposures - silent));
        return silent >= Math.max((double) LEAST, EXPECTED * (1 - rate) / rate);
    }
}
