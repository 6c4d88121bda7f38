package io.afterlearner.report;

import io.afterlearner.study.warmstart.HistoryColumns;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** history.csv: RFC 4180, one row a candidate, times in UTC, numbers with all their digits. */
public final class HistoryCsv {
    private HistoryCsv() {}

    public static String of(List<Trial> trials, List<String> alephNames) {
        StringBuilder csv = new StringBuilder();
        List<String> header = new ArrayList<>(HistoryColumns.FIRST);
        header.addAll(alephNames.subList(0, Math.min(HistoryColumns.MOST_ALEPH, alephNames.size())));
        line(csv, header);
        for (Trial trial : trials) {
            line(csv, row(trial));
        }
        return csv.toString();
    }

    private static List<String> row(Trial trial) {
        List<String> row = new ArrayList<>();
        row.add(Long.toString(trial.number()));
        row.add(trial.status().name().toLowerCase(Locale.ROOT));
        row.add(text(trial.loss()));
        row.add(text(trial.standardError()));
        row.add(Instant.ofEpochMilli(trial.askedAtMillis()).toString());
        Long ended = trial.endedAtMillis();
        row.add(ended == null ? "" : Instant.ofEpochMilli(ended).toString());
        row.add(Long.toString(trial.durationMicros()));
        row.add(text(trial.evaluator()));
        row.add(text(trial.reason()));
        trial.values().stream().limit(HistoryColumns.MOST_ALEPH).forEach(value -> row.add(text(value)));
        return row;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static void line(StringBuilder csv, List<String> fields) {
        for (int i = 0; i < fields.size(); i++) {
            csv.append(i == 0 ? "" : ",").append(quoted(fields.get(i)));
        }
        csv.append("\r\n");
    }

    private static String quoted(String field) {
        boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }
}
