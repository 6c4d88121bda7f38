package io.afterlearner.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The tables of metrics in docs/metrics.md. */
public final class MetricTable {
    private static final Pattern HEADING = Pattern.compile("## (.*)");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_]+)` \\| (counter|gauge) \\| (.*?) ?\\| .* \\|");
    private static final Pattern NAME = Pattern.compile("`([a-z_]+)`");

    /**
     * A row.
     *
     * @param section the heading above
     */
    public record Metric(String name, String type, Set<String> labels, String section) {
        public boolean isCounter() {
            return type.equals("counter");
        }
    }

    private final Map<String, Metric> metrics = new TreeMap<>();

    private MetricTable() {}

    /** The table in the repository's docs, seen from a module's folder. */
    public static MetricTable read() throws IOException {
        MetricTable table = new MetricTable();
        String section = "";
        for (String line : Files.readAllLines(Path.of("../docs/metrics.md"))) {
            Matcher heading = HEADING.matcher(line);
            Matcher row = ROW.matcher(line);
            if (heading.matches()) {
                section = heading.group(1);
            } else if (row.matches()) {
                table.metrics.put(row.group(1), metric(row, section));
            }
        }
        return table;
    }

    private static Metric metric(Matcher row, String section) {
        Set<String> labels = new TreeSet<>();
        Matcher label = NAME.matcher(row.group(3));
        while (label.find()) {
            labels.add(label.group(1));
        }
        return new Metric(row.group(1), row.group(2), labels, section);
    }

    /** Null if the table does not have it. */
    public @Nullable Metric metric(String name) {
        return metrics.get(name);
    }

    public Collection<Metric> all() {
        return metrics.values();
    }
}
