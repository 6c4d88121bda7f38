package io.afterlearner.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.observability.MetricTable;
import io.afterlearner.operator.process.OperatorMeters;
import io.afterlearner.operator.process.ReconcileMeters;
import io.afterlearner.operator.reconcile.Exports;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Phase;
import io.afterlearner.operator.resource.Study;
import io.afterlearner.operator.services.StudyView;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus sees of the operator. */
class OperatorMetersTest extends OnMockServer {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private volatile boolean exportsFail;

    OperatorMetersTest() {
        metrics = new ReconcileMeters(registry);
    }

    @BeforeEach
    void show() {
        OperatorMeters.show(registry, operator);
    }

    @Override
    Exports exports() {
        return new Exports() {
            @Override
            public Export of(Study study, Observed now, StudyView view) {
                if (exportsFail) {
                    throw new IllegalArgumentException("planted");
                }
                return Export.NONE;
            }

            @Override
            public void cancel(Study study) {}
        };
    }

    private void awaitValue(double wanted, String metric, String label, String value) {
        double unused = Waiting.until(
                WITHIN,
                () -> registry.get(metric)
                        .tag(label, value)
                        .meter()
                        .measure()
                        .iterator()
                        .next()
                        .getValue(),
                seen -> seen == wanted);
    }

    @Test
    void studiesAreCountedByPhase() {
        create("");
        awaitPhase(Phase.RUNNING);
        create(client, StudyYaml.of("broken", folder).replace("budget: 20", "budgett: 20"));
        awaitValue(1, "afterlearner.operator.studies", "phase", "running");
        awaitValue(1, "afterlearner.operator.studies", "phase", "invalid");
        depth().delete();
        awaitValue(0, "afterlearner.operator.studies", "phase", "running");
        awaitValue(1, "afterlearner.operator.studies", "phase", "invalid");
    }

    @Test
    void aServiceThatDoesNotAnswerIsDownUntilItDoes() {
        create(client, StudyYaml.online("depth", folder));
        awaitPhase(Phase.RUNNING);
        optimizer.down = true;
        awaitValue(0, "afterlearner.operator.service.up", "service", "optimizer");
        awaitValue(1, "afterlearner.operator.service.up", "service", "feedback");
        optimizer.down = false;
        optimizer.feedbackDown = true;
        awaitValue(1, "afterlearner.operator.service.up", "service", "optimizer");
        awaitValue(0, "afterlearner.operator.service.up", "service", "feedback");
    }

    @Test
    void aLookThatFailsIsCountedAndRepeated() {
        create("");
        awaitPhase(Phase.RUNNING);
        exportsFail = true;
        optimizer.change(study -> study.put("status", "PAUSED"));
        awaitValue(1, "afterlearner.operator.reconciliations", "outcome", "failed");
        exportsFail = false;
        awaitPhase(Phase.PAUSED);
    }

    @Test
    void theMetricsAreThoseOfTheDocumentation() throws IOException {
        Set<String> documented = MetricTable.read().all().stream()
                .filter(metric -> metric.section().equals("Operator"))
                .map(metric -> metric.name() + " " + metric.type() + " " + metric.labels())
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> shown = registry.getMeters().stream()
                .map(OperatorMetersTest::shape)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(documented, shown);
    }

    private static String shape(Meter meter) {
        boolean counts = meter.getId().getType() == Meter.Type.COUNTER;
        String name = meter.getId().getName().replace('.', '_') + (counts ? "_total" : "");
        Set<String> labels =
                meter.getId().getTags().stream().map(Tag::getKey).collect(Collectors.toCollection(TreeSet::new));
        return name + (counts ? " counter " : " gauge ") + labels;
    }
}
