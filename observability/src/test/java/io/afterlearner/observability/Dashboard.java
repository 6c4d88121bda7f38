package io.afterlearner.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The queries of grafana/afterlearner.json. */
public final class Dashboard {

    /** A query of a panel. */
    public record PanelQuery(String panel, String expr, String legend) {}

    private Dashboard() {}

    /** The panels, seen from a module's folder. */
    public static List<PanelQuery> read() throws IOException {
        List<PanelQuery> queries = new ArrayList<>();
        for (JsonNode panel : json().get("panels")) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new PanelQuery(
                        panel.get("title").asText(),
                        target.get("expr").asText(),
                        target.get("legendFormat").asText()));
            }
        }
        return queries;
    }

    /** The queries of the variables, such as {@code label_values(metric, label)}. */
    public static List<String> variables() throws IOException {
        List<String> queries = new ArrayList<>();
        for (JsonNode variable : json().at("/templating/list")) {
            if (variable.get("type").asText().equals("query")) {
                queries.add(variable.at("/query/query").asText());
            }
        }
        return queries;
    }

    private static JsonNode json() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("../observability/grafana/afterlearner.json").toFile());
    }
}
