package io.afterlearner.benchmarks.online;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of load over HTTP.
 *
 * @param what {@code noop} or {@code assignments}
 * @param ratePerSecond requests due per second
 * @param achievedPerSecond correctly answered requests per second
 * @param p50Millis from the time a request was due to its answer; the next two likewise
 * @param feedbackPerSecond feedback events accepted per second in the meantime
 * @param feedbackBatch events per post; 0 without feedback
 * @param feedbackP99Millis of one post
 * @param errors requests and posts with a wrong answer or none
 * @param timesNoop the p99 as a multiple of that of a request that does nothing
 */
public record LoadFigures(
        String what,
        int studies,
        int dimension,
        double ratePerSecond,
        double achievedPerSecond,
        double p50Millis,
        double p99Millis,
        double p999Millis,
        double feedbackPerSecond,
        int feedbackBatch,
        double feedbackP99Millis,
        int errors,
        double timesNoop) {

    /** The line's fields in order, as {@code bench} prints them. */
    public Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "online");
        line.put("what", what);
        line.put("studies", studies);
        line.put("dimension", dimension);
        line.put("ratePerSecond", ratePerSecond);
        line.put("achievedPerSecond", rounded(achievedPerSecond));
        line.put("p50Millis", rounded(p50Millis));
        line.put("p99Millis", rounded(p99Millis));
        line.put("p999Millis", rounded(p999Millis));
        line.put("feedbackPerSecond", rounded(feedbackPerSecond));
        line.put("feedbackBatch", feedbackBatch);
        line.put("feedbackP99Millis", rounded(feedbackP99Millis));
        line.put("errors", errors);
        line.put("timesNoop", rounded(timesNoop));
        return line;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
