package io.afterlearner.feedback.core.forecast;

import java.time.Duration;

/**
 * How many units are drawn. Each (unit, horizon) is one draw and so one observation.
 *
 * @param drawsPerDay whatever arm they get
 * @param horizonMillis how long a unit keeps its arm; 0 if units do not return
 */
public record Traffic(double drawsPerDay, long horizonMillis) {
    static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

    /**
     * @param unitsPerDay units that come in a day; with a horizon above a day, those that come within a horizon
     * @param visitsPerUnit visits of a unit in a day, in horizons of their own as far as the day has so many
     */
    public static Traffic of(double unitsPerDay, double visitsPerUnit, long horizonMillis) {
        double horizonsPerDay = horizonMillis == 0 ? Double.POSITIVE_INFINITY : DAY_MILLIS / horizonMillis;
        return new Traffic(unitsPerDay * Math.min(visitsPerUnit, horizonsPerDay), horizonMillis);
    }

    /** A slice of time is a unit that does not return. */
    public static Traffic ofSlices(long sliceMillis) {
        return new Traffic(DAY_MILLIS / sliceMillis, 0);
    }

    /** Time until so many units are drawn into an arm. */
    double millis(double exposures, double share) {
        return exposures / (drawsPerDay * share) * DAY_MILLIS;
    }

    /** Units drawn into an arm in this time. */
    double exposures(double millis, double share) {
        return millis / DAY_MILLIS * drawsPerDay * share;
    }
}
