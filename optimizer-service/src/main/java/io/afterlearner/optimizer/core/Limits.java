package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Problem;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Limits of a study, and the messages for exceeding them. */
public final class Limits {
    /** Maximum size of all candidates' values together; they stay in memory as long as the study. */
    public static final long MAX_VALUE_BYTES = 1L << 30;

    /** Users take longer than evaluators: it is also the limit of online studies. */
    public static final long MAX_TIMEOUT_MILLIS = Duration.ofDays(90).toMillis();
    /** Maximum number of trials of earlier studies that a study may begin with. */
    public static final int MAX_PRIORS = 1_000;

    public static final int MAX_REASON_CHARACTERS = 1_000;
    public static final int MAX_NAME_CHARACTERS = 200;
    /** Command ids kept per study, so that a command sent again acts once. */
    public static final int COMMANDS_REMEMBERED = 128;
    /** A study whose first candidates all fail, this many, is stopped unless it is online. */
    public static final int FAILURES_TO_BEGIN_WITH = 20;

    private static final Pattern STUDY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,199}");

    private Limits() {}

    /**
     * Why the plan is refused, in one line that says how to fix it; null if it is valid. Its budget, parallelism and runs are
     * checked by {@link #overLimit} before it is made.
     */
    public static @Nullable String refusal(RunPlan plan) {
        if (!isStudy(plan.study())) {
            return "study name is invalid; use 1 to 200 characters from A-Z, a-z, 0-9, '.', '_' and '-', a letter or digit first";
        }
        if (plan.timeoutMillis() < 1 || plan.timeoutMillis() > MAX_TIMEOUT_MILLIS) {
            return "evaluation.timeoutMillis is " + plan.timeoutMillis() + "; give 1 to " + MAX_TIMEOUT_MILLIS;
        }
        if (plan.waitMillis() < 1 || plan.waitMillis() > MAX_TIMEOUT_MILLIS) {
            return "evaluation.waitMillis is " + plan.waitMillis() + "; give 1 to " + MAX_TIMEOUT_MILLIS;
        }
        if (plan.priors().size() > MAX_PRIORS) {
            return "priors are " + plan.priors().size() + "; give at most " + MAX_PRIORS;
        }
        try {
            plan.optimizer();
            return null;
        } catch (IllegalArgumentException e) {
            return reason("optimizer: " + e.getMessage());
        }
    }

    /** Why these optimizer settings are refused in a space of this dimension; null if they are valid. */
    public static @Nullable String overLimit(long budget, int parallelism, int runs, int dimension) {
        if (parallelism < 1 || parallelism > Problem.MAX_PARALLELISM) {
            return "optimizer.parallelism is " + parallelism + "; give 1 to " + Problem.MAX_PARALLELISM;
        }
        String overBudget = overBudget(budget, dimension);
        if (overBudget != null) {
            return overBudget;
        }
        return runs < 1 || runs > Math.min(budget, Problem.MAX_RUNS)
                ? "optimizer.runs is " + runs + "; give 1 to " + Problem.MAX_RUNS + ", at most the budget"
                : null;
    }

    /** Why a budget is refused in a space of this dimension; null if it is valid. */
    public static @Nullable String overBudget(long budget, int dimension) {
        if (budget < 1 || budget > Problem.MAX_BUDGET) {
            return "optimizer.budget is " + budget + "; give 1 to " + Problem.MAX_BUDGET;
        }
        if (budget * dimension * Double.BYTES > MAX_VALUE_BYTES) {
            return "optimizer.budget is " + budget + "; with " + dimension + " parameters give at most "
                    + MAX_VALUE_BYTES / Double.BYTES / dimension + ", because all values stay in memory";
        }
        return null;
    }

    /** Whether a text can be a study's identity. */
    public static boolean isStudy(String study) {
        return STUDY.matcher(study).matches();
    }

    /** The text as one line of at most {@link #MAX_REASON_CHARACTERS}. */
    public static String reason(String text) {
        return line(text, MAX_REASON_CHARACTERS);
    }

    /** The text as one line of at most {@link #MAX_NAME_CHARACTERS}. */
    public static String name(String text) {
        return line(text, MAX_NAME_CHARACTERS);
    }

    private static String line(String text, int most) {
        String cut = text.length() > most ? text.substring(0, most - 1) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
