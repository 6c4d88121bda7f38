package io.afterlearner.study.warmstart;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.WarmStart;
import io.afterlearner.schemas.Prior;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.space.AlephSpace;
import io.afterlearner.study.InputException;
import io.afterlearner.study.yaml.Yaml;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads {@code optimizer.warmStart}: the history.csv of an earlier study of the same model with the same loss on the same data.
 * Its trials are told before the first candidate is asked, those outside this study's ranges omitted. Parameters are matched by
 * name; one that acts in another way is refused. One that the earlier study did not move has its shipped value.
 */
public final class WarmStartFile {
    /** The trials are part of a study's spec, which every service reads. */
    private static final int MAX_VALUES = 100_000;

    private static final Set<String> STATUS = Set.of("told", "failed", "expired", "outstanding");
    private static final String OTHER_FILE = "give the history.csv that a retrofit or study export wrote";

    private final Yaml at;
    private final StudySpec study;
    private final Set<String> inputs;
    private final Space space;
    private final int most;
    private final BitSet numbers = new BitSet();
    private final Deque<Prior> latest = new ArrayDeque<>();

    private WarmStartFile(Yaml at, StudySpec study, Set<String> inputs) {
        this.at = at;
        this.study = study;
        this.inputs = inputs;
        this.space = AlephSpace.of(study.getAleph());
        this.most = Math.max(1, Math.min(WarmStart.MAX_TOLD, MAX_VALUES / space.dimension()));
    }

    /**
     * The latest trials within the space of a study, oldest first.
     *
     * @param at place of the key, for errors
     * @param inputs graph inputs that the study moves; without it, their value comes from the data
     * @throws InputException if the file is not a whole history.csv, or means something else than in this study
     */
    public static List<Prior> read(Yaml at, Path file, StudySpec study, Set<String> inputs) {
        WarmStartFile history = new WarmStartFile(at, study, inputs);
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                MappingIterator<String[]> rows = rows(reader)) {
            history.checkEnd(file);
            return history.priors(rows);
        } catch (IOException | RuntimeException e) {
            if (e instanceof InputException known) {
                throw known;
            }
            throw at.error("cannot be read as a history.csv: " + InputException.reason(e), OTHER_FILE);
        }
    }

    /** The rows, header included. A spreadsheet may have written a byte order mark. */
    private static MappingIterator<String[]> rows(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
        return new CsvMapper()
                .readerFor(String[].class)
                .withFeatures(CsvParser.Feature.WRAP_AS_ARRAY, CsvParser.Feature.SKIP_EMPTY_LINES)
                .readValues(reader);
    }

    private void checkEnd(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(Math.max(0, file.length() - 1));
            if (file.length() > 0 && file.read() != '\n') {
                throw at.error("ends in the middle of a line, so it may be cut short", OTHER_FILE);
            }
        }
    }

    private List<Prior> priors(MappingIterator<String[]> rows) throws IOException {
        if (!rows.hasNext()) {
            throw at.error("is empty", OTHER_FILE);
        }
        List<String> header = header(rows.next());
        WarmStartColumns columns = null;
        for (long line = 2; rows.hasNext(); line++) {
            HistoryRow row = row(line, header, rows.next());
            columns = columns == null ? columns(row, header) : columns;
            read(row, columns);
        }
        if (latest.isEmpty()) {
            throw at.error("has no trial within this study's ranges", "give another history.csv, or omit warmStart");
        }
        return List.copyOf(latest);
    }

    private List<String> header(String[] cells) {
        List<String> header = Arrays.asList(cells);
        Set<String> once = new HashSet<>();
        for (String name : header) {
            if (!once.add(name)) {
                throw at.error("has two columns " + name, OTHER_FILE);
            }
        }
        for (String name : List.of(HistoryColumns.NUMBER, HistoryColumns.STATUS, HistoryColumns.LOSS)) {
            require(header, name, OTHER_FILE);
        }
        require(
                header,
                HistoryColumns.SPACE,
                "an older version wrote it, which did not say what its columns mean; export the study again");
        return header;
    }

    private void require(List<String> header, String column, String fix) {
        if (!header.contains(column)) {
            throw at.error("has no column " + column, fix);
        }
    }

    private HistoryRow row(long line, List<String> header, String[] cells) {
        if (cells.length != header.size()) {
            throw at.error(
                    "line " + line + " has " + cells.length + " cells and the header has " + header.size(), OTHER_FILE);
        }
        return new HistoryRow(at, line, header, cells);
    }

    private WarmStartColumns columns(HistoryRow first, List<String> header) {
        String json = first.text(HistoryColumns.SPACE);
        HistorySpace told;
        try {
            told = HistorySpace.parse(json);
        } catch (IllegalArgumentException e) {
            throw at.error(
                    "line " + first.line() + ", column space does not say what the columns mean: "
                            + InputException.reason(e),
                    OTHER_FILE + ", its rows in the order they were written");
        }
        return WarmStartColumns.match(at, told, HistorySpace.of(study), header, inputs);
    }

    private void read(HistoryRow row, WarmStartColumns columns) {
        String status = row.text(HistoryColumns.STATUS);
        double number = row.number(HistoryColumns.NUMBER);
        if (!STATUS.contains(status) || number != Math.rint(number) || number < 0 || number > 1e8) {
            throw row.error("is no candidate: number " + row.text(HistoryColumns.NUMBER) + ", status " + status);
        }
        if (numbers.get((int) number)) {
            throw row.error("has candidate " + (int) number + " a second time");
        }
        numbers.set((int) number);
        double[] values = columns.values(row, space.initial());
        if (status.equals("told")) {
            double loss = row.number(HistoryColumns.LOSS);
            if (isInside(values)) {
                latest.add(new Prior(Arrays.stream(values).boxed().toList(), loss, null));
            }
        }
        if (latest.size() > most) {
            latest.remove();
        }
    }

    private boolean isInside(double[] values) {
        for (int i = 0; i < values.length; i++) {
            if (!space.parameters().get(i).holds(values[i])) {
                return false;
            }
        }
        return true;
    }
}
