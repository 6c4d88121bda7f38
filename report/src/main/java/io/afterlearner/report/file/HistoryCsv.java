package io.afterlearner.report.file;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.afterlearner.aleph.Printable;
import io.afterlearner.report.result.HistoryEntry;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.warmstart.HistoryColumns;
import io.afterlearner.study.warmstart.HistorySpace;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** history.csv (RFC 4180): one row per candidate, times in UTC, numbers with all their digits. */
public final class HistoryCsv {
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build();
    private static final CsvSchema LINES = CsvSchema.emptySchema().withLineSeparator("\r\n");

    /** What a formula begins with, the full-width forms included. */
    private static final String FORMULA = "=+-@\uff1d\uff0b\uff0d\uff20";

    private HistoryCsv() {}

    public static String of(List<HistoryEntry> entries, StudySpec spec) {
        StringWriter csv = new StringWriter();
        try (SequenceWriter rows = CSV.writer(LINES).writeValues(csv)) {
            rows.write(HistoryColumns.of(spec.getAleph()));
            for (int i = 0; i < entries.size(); i++) {
                rows.write(row(entries.get(i), i == 0 ? HistorySpace.of(spec).json() : ""));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a string takes every row", e);
        }
        return csv.toString();
    }

    private static List<String> row(HistoryEntry entry, String space) {
        List<String> row = new ArrayList<>();
        row.add(Long.toString(entry.number()));
        row.add(entry.status().name().toLowerCase(Locale.ROOT));
        row.add(text(entry.loss()));
        row.add(text(entry.standardError()));
        row.add(Instant.ofEpochMilli(entry.askedAtMillis()).toString());
        Long ended = entry.endedAtMillis();
        row.add(ended == null ? "" : Instant.ofEpochMilli(ended).toString());
        row.add(Long.toString(entry.durationMicros()));
        row.add(words(entry.evaluator()));
        row.add(words(entry.reason()));
        row.add(space);
        entry.values().stream().limit(HistoryColumns.MAX_ALEPH).forEach(value -> row.add(text(value)));
        return row;
    }

    /**
     * Text of an evaluator on one line. A spreadsheet would run a cell that begins like a formula; an apostrophe makes it text.
     * The other cells are numbers, times, fixed words, names after {@code aleph.}, and an object in JSON.
     */
    private static String words(@Nullable String text) {
        String line = Printable.line(text(text));
        return line.isEmpty() || FORMULA.indexOf(line.charAt(0)) < 0 ? line : "'" + line;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }
}
