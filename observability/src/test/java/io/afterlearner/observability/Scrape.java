package io.afterlearner.observability;

import io.afterlearner.observability.promql.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a service answers to Prometheus: the series without exemplars, with the type and help of their metrics. */
public final class Scrape {
    private static final Pattern SERIES = Pattern.compile("([a-z0-9_]+)(?:\\{(.*?)})? (\\S+)(?: # .*)?");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) (\\S+) (.*)");

    /** One series and its value. */
    public record Series(String metric, Map<String, String> labels, double value) {
        public boolean isSelectedBy(Selector selector) {
            return selector.metric().equals(metric)
                    && selector.matchers().stream()
                            .allMatch(matcher -> matcher.matches(labels.getOrDefault(matcher.label(), "")));
        }
    }

    private final List<Series> series = new ArrayList<>();
    private final Map<String, String> types = new HashMap<>();
    private final Map<String, String> helps = new HashMap<>();

    private Scrape() {}

    /** @throws IllegalArgumentException if a line is neither a comment nor a series */
    public static Scrape of(String text) {
        Scrape scrape = new Scrape();
        text.lines().filter(line -> !line.isBlank()).forEach(scrape::read);
        return scrape;
    }

    private void read(String line) {
        Matcher comment = COMMENT.matcher(line);
        Matcher found = SERIES.matcher(line);
        if (comment.matches()) {
            (comment.group(1).equals("TYPE") ? types : helps).put(comment.group(2), comment.group(3));
        } else if (found.matches()) {
            series.add(new Series(found.group(1), labels(found.group(2)), Double.parseDouble(found.group(3))));
        } else if (!line.startsWith("#")) {
            throw new IllegalArgumentException("not a series: " + line);
        }
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text == null ? "" : text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }

    public List<Series> series() {
        return List.copyOf(series);
    }

    /** Names of the metrics that begin with a prefix. */
    public Set<String> metrics(String prefix) {
        Set<String> names = new TreeSet<>();
        series.stream()
                .map(Series::metric)
                .filter(name -> name.startsWith(prefix))
                .forEach(names::add);
        return names;
    }

    /** Type and labels of a metric's series: "counter [event, pool, study]". Each series has the same labels. */
    public String shape(String metric) {
        Set<Set<String>> labels = new HashSet<>();
        series.stream()
                .filter(one -> one.metric().equals(metric))
                .forEach(one -> labels.add(one.labels().keySet()));
        return of(types, metric) + " " + (labels.size() == 1 ? labels.iterator().next() : labels);
    }

    /** Empty if the metric has none. */
    public String help(String metric) {
        return of(helps, metric);
    }

    /** OpenMetrics names a counter without its suffix. */
    private static String of(Map<String, String> comments, String metric) {
        String family = metric.replaceFirst("_total$", "");
        return comments.getOrDefault(metric, comments.getOrDefault(family, ""));
    }

    /** The sum of the series that have these labels, given as names and values in turn; NaN if there is none. */
    public double sum(String metric, String... labels) {
        List<Series> found = series.stream()
                .filter(one -> one.metric().equals(metric) && has(one, labels))
                .toList();
        return found.isEmpty()
                ? Double.NaN
                : found.stream().mapToDouble(Series::value).sum();
    }

    private static boolean has(Series one, String... labels) {
        for (int i = 0; i < labels.length; i += 2) {
            if (!labels[i + 1].equals(one.labels().get(labels[i]))) {
                return false;
            }
        }
        return true;
    }
}
