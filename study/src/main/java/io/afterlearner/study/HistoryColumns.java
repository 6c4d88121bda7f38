package io.afterlearner.study;

import io.afterlearner.space.AlephNames;
import java.util.List;

/** The columns of a history.csv: these, then one an ℵ-parameter, called as {@link AlephNames} does. */
public final class HistoryColumns {
    /** Of more ℵ-parameters only so many have columns: a spreadsheet takes no more. */
    public static final int MOST_ALEPH = 1_000;

    public static final List<String> FIRST = List.of(
            "number", "status", "loss", "standardError", "askedAt", "endedAt", "durationMicros", "evaluator", "reason");

    private HistoryColumns() {}
}
