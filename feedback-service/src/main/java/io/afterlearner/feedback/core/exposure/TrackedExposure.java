package io.afterlearner.feedback.core.exposure;

import java.util.List;
import java.util.stream.Stream;

/**
 * The exposure of a unit to a candidate, with its reports so far.
 *
 * @param incarnation of the study; 0 in stores of older versions
 * @param number the candidate
 * @param drawnAtMillis when the unit was drawn into its arm, epoch milliseconds
 * @param client who asked for the assignment: reports with another client's token do not count
 * @param expiresAtMillis end of the attribution window, epoch milliseconds
 * @param earlyAtMillis when what was reported until then is counted for candidates that are told early, epoch milliseconds;
 *     {@link #NOT_EARLY} if it is not, or was
 * @param countedAsOfMillis time of the draw under which it was counted, which its corrections use as well; {@link #OPEN}
 *     until it ripens
 * @param past what the unit did before it was drawn, of the metric to improve: a mean, as a share of its range;
 *     {@link #NO_PAST} if that is unknown or not needed
 * @param reports at most {@link #MAX_REPORTS}, each id once per metric; those of a slice of time are in its {@link SliceTally}
 */
public record TrackedExposure(
        String study,
        long incarnation,
        Arm arm,
        long number,
        long assignedAtMillis,
        long drawnAtMillis,
        String client,
        long expiresAtMillis,
        long earlyAtMillis,
        long countedAsOfMillis,
        double past,
        List<Report> reports) {
    /** Instead of a time. */
    public static final long NOT_EARLY = 0;
    /** Instead of a share. */
    public static final double NO_PAST = -1;
    /** Instead of a time: not counted yet. */
    public static final long OPEN = -1;
    /** Further reports of one exposure are discarded: no honest client sends that many. */
    public static final int MAX_REPORTS = 256;

    /** Extra time for reports that are in flight when the window ends. */
    private static final long GRACE_MILLIS = 500;

    /**
     * One reported value.
     *
     * @param id of the event: the same id counts once per metric
     * @param value finite
     */
    public record Report(String id, String metric, double value) {}

    public TrackedExposure {
        reports = List.copyOf(reports);
    }

    /** An exposure without reports. */
    public static TrackedExposure open(
            String study,
            long incarnation,
            Arm arm,
            long number,
            long assignedAtMillis,
            long drawnAtMillis,
            String client,
            long expiresAtMillis) {
        return new TrackedExposure(
                study,
                incarnation,
                arm,
                number,
                assignedAtMillis,
                drawnAtMillis,
                client,
                expiresAtMillis,
                NOT_EARLY,
                OPEN,
                NO_PAST,
                List.of());
    }

    /** Whether it was counted. */
    public boolean isRipe() {
        return countedAsOfMillis != OPEN;
    }

    /** Whether it is to be counted for candidates that are told early. */
    public boolean awaitsEarly() {
        return earlyAtMillis != NOT_EARLY && !isRipe();
    }

    /** When it is counted next, or deleted. */
    public long dueAtMillis() {
        if (isRipe()) {
            return forgottenAtMillis();
        }
        return (awaitsEarly() ? earlyAtMillis : expiresAtMillis) + GRACE_MILLIS;
    }

    /** When it is deleted: reports correct it for one more window. */
    public long forgottenAtMillis() {
        return forgottenAtMillis(assignedAtMillis, expiresAtMillis);
    }

    /** Like {@link #forgottenAtMillis()}, for an exposure known by its token alone. */
    public static long forgottenAtMillis(long assignedAtMillis, long expiresAtMillis) {
        return expiresAtMillis + GRACE_MILLIS + Math.max(GRACE_MILLIS, expiresAtMillis - assignedAtMillis);
    }

    /** Whether it has a report of that event for that metric. */
    public boolean has(String id, String metric) {
        return reports.stream()
                .anyMatch(report -> report.id().equals(id) && report.metric().equals(metric));
    }

    public boolean isFull() {
        return reports.size() >= MAX_REPORTS;
    }

    public TrackedExposure plus(Report report) {
        List<Report> more = Stream.concat(reports.stream(), Stream.of(report)).toList();
        return with(earlyAtMillis, countedAsOfMillis, past, more);
    }

    /** Without its reports, because they are counted elsewhere. */
    public TrackedExposure withoutReports() {
        return with(earlyAtMillis, countedAsOfMillis, past, List.of());
    }

    public TrackedExposure ripened(long asOfMillis) {
        return with(earlyAtMillis, asOfMillis, past, reports);
    }

    /** Counted for candidates that are told so long before the end of the window; never before it was assigned. */
    public TrackedExposure early(long beforeEndMillis) {
        return with(Math.max(assignedAtMillis, expiresAtMillis - beforeEndMillis), countedAsOfMillis, past, reports);
    }

    /** After it was counted for these. */
    public TrackedExposure countedEarly() {
        return with(NOT_EARLY, countedAsOfMillis, past, reports);
    }

    /** With what the unit did before. */
    public TrackedExposure withPast(double mean) {
        return with(earlyAtMillis, countedAsOfMillis, mean, reports);
    }

    private TrackedExposure with(long earlyMillis, long asOfMillis, double mean, List<Report> all) {
        return new TrackedExposure(
                study,
                incarnation,
                arm,
                number,
                assignedAtMillis,
                drawnAtMillis,
                client,
                expiresAtMillis,
                earlyMillis,
                asOfMillis,
                mean,
                all);
    }
}
