package io.afterlearner.feedback.core.exposure;

import java.util.List;
import java.util.stream.Stream;

/**
 * A unit met a candidate, and what came of it so far.
 *
 * @param number the candidate
 * @param expiresAtMillis end of the attribution window, epoch milliseconds
 * @param countedAsOfMillis the time that its worth was passed on with, which what corrects it has to have, too; {@link
 *     #OPEN} while it was not passed on
 * @param reports at most {@link #MOST_REPORTS}, each id once
 */
public record TrackedExposure(
        String study,
        Arm arm,
        long number,
        long assignedAtMillis,
        long expiresAtMillis,
        long countedAsOfMillis,
        List<Report> reports) {
    /** In the place of a time: its worth is still to come. */
    public static final long OPEN = -1;
    /** What comes above counts nowhere: nobody does that much in good faith. */
    public static final int MOST_REPORTS = 256;

    /** What is to come on its way when the window ends is waited for. */
    private static final long GRACE_MILLIS = 500;

    public TrackedExposure {
        reports = List.copyOf(reports);
    }

    /** Whether its worth was passed on. */
    public boolean isRipe() {
        return countedAsOfMillis != OPEN;
    }

    /** When its worth is passed on. */
    public long ripensAtMillis() {
        return expiresAtMillis + GRACE_MILLIS;
    }

    /** Until when it is remembered, and corrected by what is late: one more window. */
    public long forgottenAtMillis() {
        return forgottenAtMillis(assignedAtMillis, expiresAtMillis);
    }

    /** As the other, of an assignment that only its token knows. */
    public static long forgottenAtMillis(long assignedAtMillis, long expiresAtMillis) {
        return expiresAtMillis + GRACE_MILLIS + Math.max(GRACE_MILLIS, expiresAtMillis - assignedAtMillis);
    }

    /** Whether an event of that id was counted. */
    public boolean has(String id) {
        return reports.stream().anyMatch(reported -> reported.id().equals(id));
    }

    public boolean isFull() {
        return reports.size() >= MOST_REPORTS;
    }

    public TrackedExposure plus(Report reported) {
        List<Report> more = Stream.concat(reports.stream(), Stream.of(reported)).toList();
        return new TrackedExposure(study, arm, number, assignedAtMillis, expiresAtMillis, countedAsOfMillis, more);
    }

    public TrackedExposure ripened(long asOfMillis) {
        return new TrackedExposure(study, arm, number, assignedAtMillis, expiresAtMillis, asOfMillis, reports);
    }
}
