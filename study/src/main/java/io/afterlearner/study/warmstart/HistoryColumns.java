package io.afterlearner.study.warmstart;

import java.util.List;

/** The columns of a history.csv: the fixed ones, then one per ℵ-parameter under its name. */
public final class HistoryColumns {
    /** ℵ-parameters beyond this many have no column, because spreadsheets have limits. */
    public static final int MAX_ALEPH = 1_000;

    public static final List<String> FIRST = List.of(
            "number", "status", "loss", "standardError", "askedAt", "endedAt", "durationMicros", "evaluator", "reason");

    private HistoryColumns() {}
}
