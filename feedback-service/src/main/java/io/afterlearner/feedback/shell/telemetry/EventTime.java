package io.afterlearner.feedback.shell.telemetry;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a number can be the time of a recent event in epoch milliseconds.
 *
 * @param recordMillis timestamp of the event's record
 * @param nowMillis the service's clock
 */
record EventTime(long recordMillis, long nowMillis) {
    /** Maximum difference between the clocks of a sender and of this service. */
    static final long MAX_AHEAD_MILLIS = Duration.ofMinutes(5).toMillis();
    /** An older event is outside the window of every study. */
    static final long MAX_AGE_MILLIS = Duration.ofDays(365).toMillis();
    /** Beyond this, the record's timestamp says nothing about the sender's clock. */
    private static final long MAX_RECORD_AHEAD_MILLIS = Duration.ofDays(1).toMillis();

    /** Units that senders use by mistake. */
    private record Unit(String name, double millis) {}

    /** The time. Throws an IllegalArgumentException of one line with the field, and the unit that the number looks like. */
    long checked(String field, double millis) {
        if (isRecent(millis)) {
            return (long) millis;
        }
        boolean isWhole = millis == Math.rint(millis) && Math.abs(millis) < 1e19;
        String shown = isWhole ? Long.toString((long) millis) : Double.toString(millis);
        throw new IllegalArgumentException(field + " is " + shown + ", "
                + unit(millis)
                        .map(unit -> "which looks like " + unit + "; send epoch milliseconds or ISO 8601")
                        .orElseGet(() -> "which is " + distance(millis) + " this service's clock at " + nowMillis
                                + "; send epoch milliseconds or ISO 8601, and check the clocks"));
    }

    private boolean isRecent(double millis) {
        boolean follows = recordMillis <= nowMillis + MAX_RECORD_AHEAD_MILLIS;
        long latest = (follows ? Math.max(recordMillis, nowMillis) : nowMillis) + MAX_AHEAD_MILLIS;
        return millis <= (double) latest && millis >= (double) (nowMillis - MAX_AGE_MILLIS);
    }

    private Optional<String> unit(double value) {
        return Stream.of(new Unit("seconds", 1e3), new Unit("microseconds", 1e-3), new Unit("nanoseconds", 1e-6))
                .filter(unit -> isRecent(value * unit.millis()))
                .map(Unit::name)
                .findFirst();
    }

    private String distance(double millis) {
        return millis > (double) nowMillis ? "more than 5 minutes after" : "more than a year before";
    }
}
