package io.afterlearner.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of {@code bench loop}.
 *
 * @param outstanding candidates outstanding at once
 * @param toldBefore candidates told in the study before the measurement
 * @param told candidates told during the measurement
 * @param toldPerSecond rate during the measurement
 * @param p50Millis median time from sending a fitness to receiving the candidate it made room for
 * @param p99Millis 99th percentile of the same
 */
public record LoopFigures(
        int outstanding, long toldBefore, long told, double toldPerSecond, double p50Millis, double p99Millis) {

    /** The line's fields in order, as {@code bench} prints them. */
    public Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "loop");
        line.put("outstanding", outstanding);
        line.put("toldPerSecond", Math.round(toldPerSecond * 10) / 10.0);
        line.put("p50Millis", Math.round(p50Millis * 1000) / 1000.0);
        line.put("p99Millis", Math.round(p99Millis * 1000) / 1000.0);
        line.put("told", told);
        line.put("toldBefore", toldBefore);
        return line;
    }
}
