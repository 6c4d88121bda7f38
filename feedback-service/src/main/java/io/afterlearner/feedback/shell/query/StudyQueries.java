package io.afterlearner.feedback.shell.query;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.EventId;
import io.afterlearner.client.Served;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.core.judge.Reason;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.QueryRules;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Measures the slices of one study. What is done is remembered in memory only: the value of a slice depends on the slice alone, and its
 * report has the same id each time, so asking again after a restart counts nothing twice. Not thread-safe.
 */
final class StudyQueries {
    /** After a query without a value, the study is asked for again. */
    static final long RETRY_MILLIS = 5_000;

    private static final String EVENT = EventId.of("promql");

    /** Asks Prometheus. */
    interface Asking {
        Answer ask(String promql, long atMillis) throws InterruptedException;
    }

    /** Reports a value; false if Kafka does not have it in time. */
    interface Reporting {
        boolean report(Feedback value) throws InterruptedException;
    }

    private final OnlineStudy study;
    private final Tokens tokens;
    private final Asking prometheus;
    private final Reporting kafka;
    private final TreeMap<Long, Set<String>> done = new TreeMap<>();
    /** Per metric: why its latest slice has no value; empty if it has one. */
    private final Map<String, Optional<Reason.NoAnswer>> latest = new LinkedHashMap<>();

    private long notBeforeMillis;

    StudyQueries(OnlineStudy study, Tokens tokens, Asking prometheus, Reporting kafka) {
        this.study = study;
        this.tokens = tokens;
        this.prometheus = prometheus;
        this.kafka = kafka;
    }

    OnlineStudy study() {
        return study;
    }

    /** Measures what is due; false if Prometheus or Kafka did not answer, so that the rest of it has to wait. */
    boolean measure(Served served, long nowMillis) throws InterruptedException {
        if (nowMillis < notBeforeMillis) {
            return true;
        }
        DueSlices slices = new DueSlices(
                served.arms().getControl().getSinceMillis(),
                served.arms().getSliceMillis(),
                served.arms().getWindowMillis());
        var due = slices.at(nowMillis);
        if (!due.isEmpty()) {
            done.headMap(due.get(0)).clear();
        }
        for (long begin : due) {
            Assignment slice = served.assignSlice(begin, true);
            if (counts(slice) && !measure(slice, slices.isOver(begin, nowMillis), nowMillis)) {
                return false;
            }
        }
        return true;
    }

    /** A slice in which the arms changed does not count. */
    private static boolean counts(Assignment slice) {
        return slice.arm() == Arm.CONTROL || slice.arm() == Arm.CHAMPION || slice.arm() == Arm.EXPLORE;
    }

    private boolean measure(Assignment slice, boolean last, long nowMillis) throws InterruptedException {
        long begin = slice.assignedAtMillis();
        Set<String> measured = done.computeIfAbsent(begin, any -> new HashSet<>());
        for (String metric : study.queries()) {
            if (measured.contains(metric)) {
                continue;
            }
            Answer answer = ask(metric, begin);
            if (answer instanceof Answer.Value value) {
                if (!kafka.report(report(slice, metric, value.value()))) {
                    notBeforeMillis = nowMillis + RETRY_MILLIS;
                    return false;
                }
                measured.add(metric);
                latest.put(metric, Optional.empty());
                continue;
            }
            notBeforeMillis = nowMillis + RETRY_MILLIS;
            if (last) {
                measured.add(metric);
                latest.put(metric, Optional.of(missing(slice, metric, answer)));
            }
            if (answer instanceof Answer.Unreachable) {
                return false;
            }
        }
        return true;
    }

    /** Where silence has a value, that is the value of a slice in which there is nothing to measure. */
    private Answer ask(String metric, long begin) throws InterruptedException {
        long sliceMillis = study.online().getSliceMillis();
        String promql = Objects.requireNonNull(QueryRules.promql(study.online(), metric));
        Answer answer = prometheus.ask(QueryRules.over(promql, sliceMillis), begin + sliceMillis);
        double silence = silence(metric);
        return answer instanceof Answer.Empty && !Double.isNaN(silence) ? new Answer.Value(silence) : answer;
    }

    private double silence(String metric) {
        return study.attributions().stream()
                .filter(attribution -> attribution.metric().name().equals(metric))
                .mapToDouble(attribution -> attribution.silence())
                .findFirst()
                .orElse(Double.NaN);
    }

    private static Reason.NoAnswer missing(Assignment slice, String metric, Answer answer) {
        return new Reason.NoAnswer(
                metric,
                why(answer),
                io.afterlearner.feedback.core.exposure.Arm.valueOf(slice.arm().name()),
                slice.number(),
                slice.assignedAtMillis());
    }

    private static String why(Answer answer) {
        if (answer instanceof Answer.Empty empty) {
            return empty.why() + "; give silence the value of a slice in which there is nothing to measure";
        } else if (answer instanceof Answer.Refused refused) {
            return refused.why();
        }
        return ((Answer.Unreachable) answer).why();
    }

    private Feedback report(Assignment slice, String metric, double value) {
        return new Feedback(
                slice.id(),
                EVENT,
                slice.study(),
                slice.number(),
                metric,
                value,
                slice.assignedAtMillis() + study.online().getSliceMillis() - 1,
                tokens.sign(slice));
    }

    /** Whether it is known of each metric if it has a value, or of one that it has none. */
    boolean isKnown() {
        return problem().isPresent() || latest.keySet().containsAll(study.queries());
    }

    /** Why the latest slice has no value of a metric. */
    Optional<Reason.NoAnswer> problem() {
        return latest.values().stream().flatMap(Optional::stream).findFirst();
    }
}
