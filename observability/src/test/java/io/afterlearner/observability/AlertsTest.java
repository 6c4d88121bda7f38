package io.afterlearner.observability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.observability.Alerts.Alert;
import io.afterlearner.observability.Dashboard.PanelQuery;
import io.afterlearner.observability.promql.Query;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alert rules, dashboard, docs/metrics.md and docs/runbook.md agree. A test of the module local compares them with the services. */
class AlertsTest {
    private static final Pattern USED_LABEL = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?([a-z_]+) *}}");
    private static final Pattern VARIABLE = Pattern.compile("label_values\\(([a-z_]+), ([a-z]+)\\)");
    private static final Pattern ENTRIES = Pattern.compile("(?m)^## ");
    private static final List<String> PARTS =
            List.of("**Meaning.**", "**First look.**", "**Causes.**", "**Remedies.**");

    private final MetricTable table = MetricTable.read();

    AlertsTest() throws IOException {}

    private static Set<String> labelsIn(String text) {
        Set<String> labels = new TreeSet<>();
        Matcher label = USED_LABEL.matcher(text);
        while (label.find()) {
            labels.add(label.group(1));
        }
        return labels;
    }

    @Test
    void everyAlertReadsKnownMetricsAndNamesLabelsThatItHas() throws IOException {
        List<Alert> alerts = Alerts.read();
        assertTrue(alerts.size() > 15, alerts.toString());
        for (Alert alert : alerts) {
            Set<String> labels = Query.of(alert.expr(), table).labels();
            for (String text : alert.annotations().values()) {
                assertTrue(labels.containsAll(labelsIn(text)), alert.name() + " has " + labels + ": " + text);
            }
        }
    }

    @Test
    void everyPanelReadsKnownMetricsAndNamesLabelsThatItHas() throws IOException {
        List<PanelQuery> queries = Dashboard.read();
        assertTrue(queries.size() > 25, queries.toString());
        for (PanelQuery query : queries) {
            Set<String> labels = Query.of(query.expr(), table).labels();
            assertTrue(labels.containsAll(labelsIn(query.legend())), query.panel() + " has " + labels);
        }
        for (String variable : Dashboard.variables()) {
            Matcher parts = VARIABLE.matcher(variable);
            assertTrue(parts.matches(), variable);
            MetricTable.Metric metric = table.metric(parts.group(1));
            assertTrue(metric != null && metric.labels().contains(parts.group(2)), variable);
        }
    }

    @Test
    void everyAlertHasItsEntryInTheRunbookAndTheReverse() throws IOException {
        List<String> entries = new ArrayList<>();
        String runbook = Files.readString(Path.of("../docs/runbook.md"));
        for (String text : ENTRIES.splitAsStream(runbook).toList()) {
            String entry = text.lines().findFirst().orElse("");
            if (entry.startsWith("AfterLearner")) {
                entries.add(entry);
                PARTS.forEach(part -> assertTrue(text.contains(part), entry + " needs " + part));
            }
        }
        assertEquals(
                Alerts.read().stream().map(Alert::name).sorted().toList(),
                entries.stream().sorted().toList());
    }

    @Test
    void everyAlertSaysHowUrgentItIsAndWhereItsEntryIs() throws IOException {
        for (Alert alert : Alerts.read()) {
            assertTrue(
                    Set.of("critical", "warning", "info")
                            .contains(alert.labels().get("severity")),
                    alert.toString());
            assertEquals(
                    "docs/runbook.md#" + alert.name().toLowerCase(Locale.ROOT),
                    alert.annotations().get("runbook_url"));
            Stream.of("summary", "description")
                    .forEach(text -> assertNotNull(alert.annotations().get(text), alert.name() + " needs a " + text));
        }
    }
}
