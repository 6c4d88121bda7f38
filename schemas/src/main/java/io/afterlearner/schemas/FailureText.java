package io.afterlearner.schemas;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Failures in words: one English sentence for a report, a terminal or a page. Nothing parses it. */
public final class FailureText {

    private FailureText() {}

    public static String of(Failed failed) {
        return of(failed.getCause(), failed.getReason());
    }

    public static String of(TrialEvent event) {
        return of(event.getCause(), event.getReason());
    }

    /**
     * @param cause null in records of older versions, whose reason is the whole sentence
     * @param said what the evaluator said
     */
    public static String of(@Nullable FailureCause cause, @Nullable String said) {
        return cause == null ? saidOr(said, "no reason was given") : sentence(cause, said);
    }

    private static String sentence(FailureCause cause, @Nullable String said) {
        return switch (cause.getKind()) {
            case GUARDRAIL -> guardrail(Objects.requireNonNull(cause.getGuardrail()));
            case TIMEOUT -> "the evaluation was not done after " + cause.getMillis() + " ms; raise evaluation.timeout";
            case EXPIRED -> expired(cause);
            case STUDY_UNKNOWN ->
                "the evaluator did not receive the study's spec within " + cause.getMillis()
                        + " ms; check that it is on the studies topic";
            case BAD_DATA -> saidOr(said, "the data cannot be used");
            case BAD_MODEL -> saidOr(said, "the model cannot be used");
            case BAD_OUTPUT -> saidOr(said, "the model's output cannot be scored");
            case OUT_OF_MEMORY -> "the evaluator ran out of memory; give it more memory, or the study less data";
            case UNEXPECTED_ERROR, UNKNOWN -> saidOr(said, "no reason was given");
            case LOSS_NOT_FINITE -> "the loss is " + cause.getLoss() + "; a loss must be a finite number";
            case TOO_FEW_REPORTS ->
                "too little was reported: " + count(cause.getValues(), "value") + ", and "
                        + count(cause.getControlValues(), "value") + " of control, in "
                        + count(cause.getExposures(), "exposure");
            case DEADLINE ->
                "only " + cause.getExposures() + " of " + cause.getExposuresNeeded()
                        + " exposures were complete at the candidate's deadline";
            case NO_SLOT -> "no slot became free before the candidate's deadline";
            case QUEUE_FULL -> "too many candidates are waiting for a slot";
            case STUDY_STOPPED -> "the study was stopped";
            case STUDY_REVERTED -> "the study was reverted";
        };
    }

    private static String count(@Nullable Long count, String noun) {
        if (count == null) {
            return "an unknown number of " + noun + "s";
        }
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String guardrail(BrokenGuardrail g) {
        return String.format(
                Locale.ROOT,
                "guardrail broken: %s of %s is %.4g and control's is %.4g; at %s %.4g times control's is allowed"
                        + " (%d and %d values)",
                g.getAggregate(),
                g.getMetric(),
                g.getMeasured(),
                g.getControl(),
                g.getGoal() == Goal.MAXIMIZE ? "least" : "most",
                g.getLimit(),
                g.getValues(),
                g.getControlValues());
    }

    private static String expired(FailureCause cause) {
        return OnlineRules.POOL.equals(cause.getPool())
                ? "no fitness arrived within " + cause.getMillis()
                        + " ms; check that the feedback service is running and that users are assigned, or raise"
                        + " evaluation.timeout"
                : "no evaluator began it within " + cause.getMillis() + " ms; check that evaluators of pool "
                        + cause.getPool() + " are running and can open its model and data, or raise evaluation.wait";
    }

    private static String saidOr(@Nullable String said, String otherwise) {
        return said == null || said.isBlank() ? otherwise : said;
    }
}
