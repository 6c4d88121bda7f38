package io.afterlearner.study;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a study.yaml says what a field of its spec holds. */
final class SpecPlace {
    private static final Pattern STEP = Pattern.compile("([A-Za-z]+)(?:\\[([0-9]+)])?");
    /** Keys that are called otherwise than their fields. */
    private static final Map<String, String> KEYS = Map.ofEntries(
            Map.entry("exploreShare", "explore"),
            Map.entry("controlShare", "control"),
            Map.entry("windowMillis", "window"),
            Map.entry("sliceMillis", "slice"),
            Map.entry("exposureLimit", "stop.exposures"),
            Map.entry("deadlineMillis", "stop.after"),
            Map.entry("timeoutMillis", "timeout"),
            Map.entry("name", "field"),
            Map.entry("low", "range"));

    private SpecPlace() {}

    /**
     * The key, or the nearest above that is written.
     *
     * @param field path of a field of the spec within one of its sections, such as {@code online.guardrails[0].limit}
     */
    static Yaml of(Yaml root, String field) {
        Yaml at = root;
        for (String step : path(field)) {
            Matcher matcher = STEP.matcher(step);
            if (!matcher.matches() || !at.isMapping() || !at.mapping().containsKey(matcher.group(1))) {
                return at;
            }
            at = at.mapping().getOrDefault(matcher.group(1), at);
            if (matcher.group(2) != null) {
                at = at.list().get(Integer.parseInt(matcher.group(2)));
            }
        }
        return at;
    }

    private static List<String> path(String field) {
        return List.of(field.split("\\.")).stream()
                .map(step -> KEYS.getOrDefault(step, step))
                .flatMap(step -> List.of(step.split("\\.")).stream())
                .toList();
    }
}
