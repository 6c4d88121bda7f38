package io.afterlearner.study.warmstart;

import io.afterlearner.aleph.Nearest;
import io.afterlearner.space.AlephNames;
import io.afterlearner.study.InputException;
import io.afterlearner.study.yaml.Yaml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where a study's ℵ-parameters are in a history.csv. */
final class WarmStartColumns {

    /**
     * A parameter of this study.
     *
     * @param column its column; null if the file has none
     * @param before the group it was in when the file was written; null if the file has no column
     */
    private record Column(@Nullable String column, HistorySpace.@Nullable Group before, HistorySpace.Group now) {

        /** NaN if this study cannot take the value. */
        double value(HistoryRow row, double shipped) {
            if (column == null || before == null) {
                return shipped;
            }
            double acting = acting(row, row.number(column), before.choices());
            return now.choices().isEmpty() ? acting : index(now.choices().indexOf(acting));
        }

        private double acting(HistoryRow row, double cell, List<Double> choices) {
            if (choices.isEmpty()) {
                return cell + 0.0;
            }
            if (cell != Math.rint(cell) || cell < 0 || cell >= choices.size()) {
                throw row.error("has " + cell + " in column " + column + ", which is no index of a choice");
            }
            return choices.get((int) cell);
        }

        private static double index(int index) {
            return index < 0 ? Double.NaN : index;
        }
    }

    private final List<Column> columns;

    private WarmStartColumns(List<Column> columns) {
        this.columns = columns;
    }

    /**
     * Matches parameters by name.
     *
     * @throws InputException if a number in the file means something else in this study
     */
    static WarmStartColumns match(
            Yaml at, HistorySpace before, HistorySpace now, List<String> header, Set<String> inputs) {
        String difference = before.difference(now);
        if (difference != null) {
            throw at.error("has losses that " + difference, "omit warmStart");
        }
        Map<String, HistorySpace.Group> earlier = byName(before);
        Map<String, HistorySpace.Group> current = byName(now);
        earlier.forEach((name, group) -> check(at, name, group, current, header));
        if (earlier.size() != header.size() - HistoryColumns.of(List.of()).size()) {
            throw at.error("has columns that its column space does not name", "give the file as it was written");
        }
        List<Column> columns = new ArrayList<>();
        current.forEach((name, group) -> {
            HistorySpace.Group known = earlier.get(name);
            if (known == null && inputs.contains(group.tensor())) {
                throw at.error(
                        "does not say which value input " + name + " had, which this study moves",
                        "take it from aleph, or omit warmStart");
            }
            columns.add(new Column(known == null ? null : HistoryColumns.aleph(name), known, group));
        });
        return new WarmStartColumns(columns);
    }

    private static void check(
            Yaml at,
            String name,
            HistorySpace.Group before,
            Map<String, HistorySpace.Group> current,
            List<String> header) {
        if (!header.contains(HistoryColumns.aleph(name))) {
            throw at.error(
                    "has no column " + HistoryColumns.aleph(name) + "; the first " + HistoryColumns.MAX_ALEPH
                            + " ℵ-parameters of a study have one",
                    "omit warmStart");
        }
        HistorySpace.Group now = current.get(name);
        if (now == null) {
            throw at.error(
                    "moves " + name + ", which is not a parameter of this study; "
                            + Nearest.hint(name, current.keySet()),
                    "add it to aleph, or omit warmStart");
        }
        String difference = before.difference(now);
        if (difference != null) {
            throw at.error(
                    "moves " + name + " in another way: " + difference, "make aleph the same, or omit warmStart");
        }
    }

    private static Map<String, HistorySpace.Group> byName(HistorySpace space) {
        Map<String, HistorySpace.Group> groups = new LinkedHashMap<>();
        for (HistorySpace.Group group : space.aleph()) {
            AlephNames.of(group.tensor(), group.slice(), group.shape()).forEach(name -> groups.put(name, group));
        }
        return groups;
    }

    /** This study's values of a trial; NaN where it cannot take one. */
    double[] values(HistoryRow row, double[] shipped) {
        double[] values = shipped.clone();
        for (int i = 0; i < values.length; i++) {
            values[i] = columns.get(i).value(row, values[i]);
        }
        return values;
    }
}
