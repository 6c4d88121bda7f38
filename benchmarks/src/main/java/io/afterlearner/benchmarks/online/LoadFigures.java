package io.afterlearner.benchmarks.online;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * One line of load over HTTP, which {@code bench} prints as JSON; figures with a fraction have three digits of it.
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
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "bench")
@JsonTypeName("online")
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

    public LoadFigures {
        achievedPerSecond = rounded(achievedPerSecond);
        p50Millis = rounded(p50Millis);
        p99Millis = rounded(p99Millis);
        p999Millis = rounded(p999Millis);
        feedbackPerSecond = rounded(feedbackPerSecond);
        feedbackP99Millis = rounded(feedbackP99Millis);
        timesNoop = rounded(timesNoop);
    }

    static LoadFigures of(String what, int studies, int dimension, double rate, OpenLoop loop, double noopP99Millis) {
        double p99Millis = loop.millis(0.99);
        return new LoadFigures(
                what,
                studies,
                dimension,
                rate,
                loop.perSecond(),
                loop.millis(0.5),
                p99Millis,
                loop.millis(0.999),
                0,
                0,
                0,
                loop.errors(),
                p99Millis / noopP99Millis);
    }

    LoadFigures withFeedback(double perSecond, int batch, double feedbackP99, int feedbackErrors) {
        return new LoadFigures(
                what,
                studies,
                dimension,
                ratePerSecond,
                achievedPerSecond,
                p50Millis,
                p99Millis,
                p999Millis,
                perSecond,
                batch,
                feedbackP99,
                errors + feedbackErrors,
                timesNoop);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
