package io.afterlearner.report.words;

import io.afterlearner.evaluation.score.Verdict;

/** A verdict in words. */
public final class VerdictText {
    /** With so many verdicts, each wrong in up to 2.5 %, the chance that one is wrong exceeds 10 %. */
    public static final int STALE_FROM = 5;

    private VerdictText() {}

    /** What the test split shows and which model to deploy, in one or two sentences. */
    public static String of(Verdict verdict) {
        return switch (verdict.outcome()) {
            case KEPT ->
                "No candidate was better than the shipped model on the search split, so the shipped model is kept.";
            case IMPROVED ->
                "The best candidate is better on the test split, which the search never saw: its gain is "
                        + interval(verdict) + ".";
            case WORSE ->
                "The best candidate is worse on the test split, which the search never saw: its gain is "
                        + interval(verdict) + ". The shipped model is kept.";
            case INCONCLUSIVE -> "No improvement is shown: " + why(verdict) + ". The shipped model is kept.";
        };
    }

    /**
     * Which model each file holds, in one sentence.
     *
     * @param number the best candidate
     */
    public static String files(Verdict verdict, long number) {
        String candidate = "candidate " + number;
        return switch (verdict.outcome()) {
            case KEPT -> "retrofitted.onnx is the shipped model.";
            case IMPROVED -> "retrofitted.onnx is " + candidate + ".";
            case WORSE, INCONCLUSIVE -> "retrofitted.onnx is the shipped model; candidate.onnx is " + candidate + ".";
        };
    }

    /** Why the verdict is what it is, as the continuation of a sentence. */
    public static String why(Verdict verdict) {
        return switch (verdict.reason()) {
            case NOTHING_BETTER_FOUND -> "no candidate beat the shipped model on the search split";
            case SHOWN ->
                verdict.isImproved()
                        ? "the gain on the test split is above " + Numbers.of(verdict.minimumGain())
                        : "the gain on the test split is below 0";
            case NOT_SHOWN ->
                "the gain on the test split is " + interval(verdict) + ", and the smallest gain that its "
                        + verdict.examples() + " examples show in four of five cases is "
                        + Numbers.of(verdict.smallestGain());
            case NO_TEST_SPLIT -> "the study has no test split (data.test)";
            case NOT_SCORED -> "the test split could not be scored (" + verdict.failure() + ")";
            case TOO_FEW_EXAMPLES ->
                "the test split has " + verdict.examples() + (verdict.examples() == 1 ? " example" : " examples")
                        + ", and a verdict needs " + Verdict.MIN_EXAMPLES;
            case WITHIN_ROUNDING -> "the difference on the test split is within rounding of 32-bit floats";
            case SPREAD_UNKNOWN -> "the spread of the gain on the test split is unknown";
        };
    }

    /** Whether so many verdicts from one test split make it stale, in one sentence; empty if this was the first. */
    public static String drawn(int drawn) {
        if (drawn < 2) {
            return "";
        }
        String count = "This is verdict " + drawn + " from this test split on this machine";
        return drawn < STALE_FROM
                ? count + "; it is stale from verdict " + STALE_FROM + " on."
                : count + ". It is stale: from verdict " + STALE_FROM
                        + " on, the chance that one of them is a false improvement exceeds 10 %. Use fresh examples.";
    }

    private static String interval(Verdict verdict) {
        return Numbers.signed(verdict.low()) + " to " + Numbers.signed(verdict.high()) + " (95% interval)";
    }
}
