package io.afterlearner.evaluator.core;

import org.jspecify.annotations.Nullable;

/** Failure reasons for records: one line of at most 1,000 characters. */
public final class Reasons {
    private static final int MAX_LENGTH = 1000;

    private Reasons() {}

    /** The text on one line, shortened if it is too long. */
    public static String oneLine(@Nullable String text) {
        String line =
                text == null ? "" : text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        if (line.isEmpty()) {
            return "no reason was given";
        }
        return line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…";
    }

    /** For an unexpected exception: its type says more than its message. */
    public static String unforeseen(Throwable problem) {
        return oneLine(problem.getClass().getSimpleName() + ": " + problem.getMessage());
    }
}
