package io.afterlearner.observability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alert rules in prometheus/alerts.yaml. */
public final class Alerts {

    /** A rule. */
    public record Alert(String name, String expr, Map<String, String> labels, Map<String, String> annotations) {}

    private Alerts() {}

    /** The rules, seen from a module's folder. */
    public static List<Alert> read() throws IOException {
        String text = Files.readString(Path.of("../observability/prometheus/alerts.yaml"));
        Map<?, ?> file = (Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(text);
        return list(file, "groups").stream()
                .flatMap(group -> list((Map<?, ?>) group, "rules").stream())
                .map(rule -> alert((Map<?, ?>) rule))
                .toList();
    }

    private static List<?> list(Map<?, ?> of, String key) {
        return (List<?>) of.get(key);
    }

    @SuppressWarnings("unchecked")
    private static Alert alert(Map<?, ?> rule) {
        return new Alert(
                String.valueOf(rule.get("alert")),
                String.valueOf(rule.get("expr")),
                (Map<String, String>) rule.get("labels"),
                (Map<String, String>) rule.get("annotations"));
    }
}
