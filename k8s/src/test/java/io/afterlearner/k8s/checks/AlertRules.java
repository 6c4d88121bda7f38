package io.afterlearner.k8s.checks;

import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Manifest;
import io.afterlearner.k8s.overlay.Overlay;
import io.afterlearner.observability.MetricTable;
import io.afterlearner.observability.promql.Query;
import java.util.List;
import java.util.Optional;

/** Alert rules read metrics that the services have. */
final class AlertRules implements Check {
    private final MetricTable table;

    AlertRules(MetricTable table) {
        this.table = table;
    }

    @Override
    public List<String> findings(Overlay overlay) {
        return overlay.tree("PrometheusRule", "/spec/groups")
                .flatMap(group -> Manifest.elements(group.path("rules")))
                .flatMap(rule ->
                        problem(rule.path("expr").asText())
                                .map(text -> rule.path("alert").asText() + ": " + text)
                                .stream())
                .toList();
    }

    private Optional<String> problem(String expression) {
        try {
            var unused = Query.of(expression, table);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
