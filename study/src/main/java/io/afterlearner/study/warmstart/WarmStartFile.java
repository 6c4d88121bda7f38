package io.afterlearner.study.warmstart;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.afterlearner.aleph.Nearest;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.WarmStart;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Prior;
import io.afterlearner.space.AlephNames;
import io.afterlearner.space.AlephSpace;
import io.afterlearner.study.InputException;
import io.afterlearner.study.yaml.Yaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Reads {@code optimizer.warmStart}: the history.csv of an earlier study with the same loss on the same data. Its trials are told
 * before the first candidate is asked. A parameter that the earlier study did not move has its shipped value.
 */
public final class WarmStartFile {
    /** The trials are part of a study's spec, which every service reads. */
    private static final int MAX_VALUES = 100_000;

    private static final String OTHER_FILE = "give the history.csv that a retrofit wrote";
    private static final String OMIT = "give another history.csv, or omit warmStart";

    private final Yaml at;
    private final List<String> names;
    private final Space space;

    private WarmStartFile(Yaml at, List<AlephGroup> groups) {
        this.at = at;
        this.names = AlephNames.of(groups);
        this.space = AlephSpace.of(groups);
    }

    /**
     * The latest trials within the space of these groups, oldest first.
     *
     * @param at place of the key, for errors
     * @throws InputException if the file is not a history.csv, or one of other parameters
     */
    public static List<Prior> read(Yaml at, Path file, List<AlephGroup> groups) {
        WarmStartFile history = new WarmStartFile(at, groups);
        history.checkNames();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8);
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(reader)) {
            return history.priors(rows);
        } catch (IOException | RuntimeException e) {
            if (e instanceof InputException known) {
                throw known;
            }
            throw at.error("cannot be read as a history.csv: " + InputException.reason(e), OTHER_FILE);
        }
    }

    private void checkNames() {
        if (names.size() > HistoryColumns.MAX_ALEPH) {
            throw at.error(
                    "a history.csv has the first " + HistoryColumns.MAX_ALEPH
                            + " ℵ-parameters only, and this study has " + names.size(),
                    "omit warmStart");
        }
        for (String name : names) {
            if (HistoryColumns.FIRST.contains(name)) {
                throw at.error(
                        "has a column " + name + ", and so has every history.csv for the tensor of this name",
                        "omit warmStart");
            }
        }
    }

    private List<Prior> priors(MappingIterator<Map<String, String>> rows) throws IOException {
        int most = Math.max(1, Math.min(WarmStart.MAX_TOLD, MAX_VALUES / names.size()));
        Deque<Prior> latest = new ArrayDeque<>();
        long line = 1;
        while (rows.hasNext()) {
            Map<String, String> row = rows.next();
            line++;
            if (line == 2) {
                checkColumns(row);
            }
            double[] values = values(row, line);
            if ("told".equals(row.get("status")) && isInside(values)) {
                latest.add(prior(values, number(row, "loss", line)));
            }
            if (latest.size() > most) {
                latest.remove();
            }
        }
        if (latest.isEmpty()) {
            throw at.error("has no trial within this study's ranges", OMIT);
        }
        return List.copyOf(latest);
    }

    private void checkColumns(Map<String, String> row) {
        if (!row.containsKey("status") || !row.containsKey("loss")) {
            throw at.error("has no columns status and loss", OTHER_FILE);
        }
        for (String column : row.keySet()) {
            if (!HistoryColumns.FIRST.contains(column) && !names.contains(column)) {
                throw at.error(
                        "has a column " + column + ", which is not a parameter of this study; "
                                + Nearest.hint(column, names),
                        "add it to aleph, or omit warmStart");
            }
        }
    }

    private double[] values(Map<String, String> row, long line) {
        double[] values = space.initial();
        for (int i = 0; i < values.length; i++) {
            if (row.containsKey(names.get(i))) {
                values[i] = number(row, names.get(i), line);
            }
        }
        return values;
    }

    private double number(Map<String, String> row, String column, long line) {
        String text = row.getOrDefault(column, "");
        if (text.isEmpty() && column.equals("loss")) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw at.error("line " + line + ", column " + column + ": '" + text + "' is not a number", OTHER_FILE);
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

    private Prior prior(double[] values, double loss) {
        if (!Double.isFinite(loss)) {
            throw at.error("has a trial with the status told but without a finite loss", OTHER_FILE);
        }
        return new Prior(Arrays.stream(values).boxed().toList(), loss, null);
    }
}
