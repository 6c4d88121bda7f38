package io.afterlearner.schemas;

import java.time.Duration;
import java.util.List;

/** How to ask for a verdict on the test split, and which of several answers counts. */
public final class Verdicts {
    /** Time to open the test split. */
    private static final Duration LEAST = Duration.ofMinutes(1);

    /** The test split may be larger than the search split, and two models are scored on it. */
    private static final int TIMEOUTS = 10;

    private Verdicts() {}

    /** The key of answers about a candidate on {@link Topics#VERDICTS}. */
    public static String key(String study, long incarnation, long number) {
        return study + "#" + incarnation + "#" + number;
    }

    public static String key(VerdictRequest request) {
        return key(request.getStudy(), request.getIncarnation(), request.getNumber());
    }

    public static String key(VerdictAnswer answer) {
        return key(answer.getStudy(), answer.getIncarnation(), answer.getNumber());
    }

    /** The request for a study's final candidate. */
    public static VerdictRequest request(StudySpec spec, long number, List<Double> values, long nowMillis) {
        return new VerdictRequest(
                spec.getStudy(),
                spec.getIncarnation(),
                number,
                values,
                nowMillis,
                limit(spec).toMillis());
    }

    /** How long an evaluator may take to score the test split: one minute plus ten times the timeout of a candidate. */
    public static Duration limit(StudySpec spec) {
        return LEAST.plusMillis(TIMEOUTS * spec.getEvaluation().getTimeoutMillis());
    }

    /** Whether the answer is a verdict, not a failure. */
    public static boolean isScored(VerdictAnswer answer) {
        return answer.getOutcome() instanceof ScoredVerdict;
    }

    /** The one of two answers with the same key that counts: the first verdict, or the last failure. */
    public static VerdictAnswer counting(VerdictAnswer first, VerdictAnswer second) {
        return isScored(first) ? first : second;
    }
}
