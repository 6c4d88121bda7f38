package io.afterlearner.study.warmstart;

import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.space.AlephNames;
import java.util.List;
import java.util.stream.Stream;

/** The columns of a history.csv: the fixed ones, then one per ℵ-parameter. */
public final class HistoryColumns {
    /** ℵ-parameters beyond this many have no column, because spreadsheets have limits. */
    public static final int MAX_ALEPH = 1_000;

    static final String NUMBER = "number";
    static final String STATUS = "status";
    static final String LOSS = "loss";

    /** What the other columns mean, as {@link HistorySpace#json}; in the first row only. */
    static final String SPACE = "space";

    private static final List<String> FIRST = List.of(
            NUMBER,
            STATUS,
            LOSS,
            "standardError",
            "askedAt",
            "endedAt",
            "durationMicros",
            "evaluator",
            "reason",
            SPACE);

    /** Begins the name of each ℵ-parameter's column, so that no tensor has the name of a fixed column. */
    private static final String ALEPH = "aleph.";

    private HistoryColumns() {}

    public static List<String> of(List<AlephGroup> groups) {
        Stream<String> aleph = AlephNames.of(groups).stream().limit(MAX_ALEPH).map(HistoryColumns::aleph);
        return Stream.concat(FIRST.stream(), aleph).toList();
    }

    static String aleph(String parameter) {
        return ALEPH + parameter;
    }
}
