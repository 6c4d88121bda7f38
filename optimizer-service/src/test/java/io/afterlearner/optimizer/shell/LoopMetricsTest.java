package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.optimizer.core.Decision;
import io.afterlearner.optimizer.core.StudyState;
import io.afterlearner.optimizer.shell.metrics.LoopMetrics;
import io.afterlearner.optimizer.shell.metrics.MeteredStudy;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the loop shows about each study. */
class LoopMetricsTest {
    private static final String PREFIX = "afterlearner.optimizer.";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final TopologyTestDriver driver = new TopologyTestDriver(
            Messages.topology(Metered.in(meters)), new Properties(), Instant.ofEpochMilli(1_000_000));
    private final TestInputTopic<String, byte[]> studies = input(Topics.STUDIES);
    private final TestInputTopic<String, byte[]> fitness = input(Topics.FITNESS);
    private final TestInputTopic<String, byte[]> commands = input(Topics.COMMANDS);

    private TestInputTopic<String, byte[]> input(String topic) {
        return driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer());
    }

    private boolean closed;

    @AfterEach
    void close() {
        if (!closed) {
            closed = true;
            driver.close();
        }
    }

    private double gauge(String name, String study) {
        return meters.get(PREFIX + name)
                .tags("study", study, "pool", "default")
                .gauge()
                .value();
    }

    private double candidates(String study, String event) {
        return meters.get(PREFIX + "candidates")
                .tags("study", study, "event", event)
                .counter()
                .count();
    }

    private List<String> labelled(String study) {
        return meters.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> study.equals(id.getTag("study")))
                .map(Meter.Id::getName)
                .toList();
    }

    @Test
    void eachStudyShowsItsCandidatesAndItsLosses() {
        studies.pipeInput("a", Messages.bytes(Messages.spec("a", 10, 3)));
        studies.pipeInput("b", Messages.bytes(Messages.spec("b", 10, 2)));
        assertEquals(3, gauge("outstanding.candidates", "a"));
        assertTrue(Double.isNaN(gauge("baseline.loss", "a")));

        fitness.pipeInput("a", Messages.bytes(Messages.measured("a", 0, 0.5)));
        fitness.pipeInput("a", Messages.bytes(Messages.measured("a", 1, 0.25)));
        assertEquals(3, gauge("outstanding.candidates", "a"));
        assertEquals(5, gauge("remaining.candidates", "a"));
        assertEquals(5, candidates("a", "asked"));
        assertEquals(2, candidates("a", "told"));
        assertEquals(0.5, gauge("baseline.loss", "a"));
        assertEquals(0.25, gauge("incumbent.loss", "a"));
        assertTrue(gauge("oldest.candidate.seconds", "a") > 0, "it was asked in 1970");
        assertEquals(2, gauge("outstanding.candidates", "b"));
        assertEquals(2, candidates("b", "asked"));
    }

    @Test
    void theSeriesOfADeletedStudyEnd() {
        studies.pipeInput("a", Messages.bytes(Messages.spec("a", 1, 1)));
        fitness.pipeInput("a", Messages.bytes(Messages.measured("a", 0, 1)));
        assertEquals(0, gauge("oldest.candidate.seconds", "a"), "nothing is outstanding");
        assertEquals(12, labelled("a").size(), labelled("a").toString());
        studies.pipeInput("a", null);
        assertEquals(List.of(), labelled("a"));
    }

    @Test
    void aTaskThatIsClosedShowsNothing() {
        studies.pipeInput("a", Messages.bytes(Messages.spec("a", 10, 3)));
        close();
        assertEquals(List.of(), labelled("a"));
        assertEquals(0, studiesThatAre("running"));
    }

    @Test
    void studiesAreCountedByStatus() {
        studies.pipeInput("a", Messages.bytes(Messages.spec("a", 10, 1)));
        studies.pipeInput("b", Messages.bytes(Messages.spec("b", 1, 1)));
        assertEquals(2, studiesThatAre("running"));
        fitness.pipeInput("b", Messages.bytes(Messages.measured("b", 0, 1)));
        assertEquals(1, studiesThatAre("running"));
        assertEquals(1, studiesThatAre("finished"));
        commands.pipeInput("a", Messages.bytes(Messages.command("a", "1", Action.PAUSE, 0)));
        assertEquals(0, studiesThatAre("running"));
        assertEquals(1, studiesThatAre("paused"));
        studies.pipeInput("b", null);
        assertEquals(0, studiesThatAre("finished"));
    }

    private double studiesThatAre(String status) {
        return meters.get(PREFIX + "studies").tag("status", status).gauge().value();
    }

    @Test
    void tenThousandStudiesOfManyPoolsMakeFewSeries() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        LoopMetrics metrics = Metered.in(registry);
        StudyState state = new StudyState(Specs.plan(Messages.spec("any", 10, 1)), RecordedFailure.OWN);
        int ofService = registry.getMeters().size();
        metrics.study("first", "default").show(state);
        int ofOneStudy = registry.getMeters().size() - ofService;
        for (int i = 0; i < 10_000; i++) {
            MeteredStudy study = metrics.study("study-" + i, "pool-" + i % 200);
            study.show(state);
            study.ignored(Decision.Kind.LATE);
        }
        int series = registry.getMeters().size() - ofService;
        // 100 studies, and the others by pool: 50 and the rest.
        assertTrue(series <= 151 * ofOneStudy, series + " series");
        assertEquals(
                10_000,
                registry.get(PREFIX + "fitness.ignored").tag("kind", "late").counters().stream()
                        .mapToDouble(Counter::count)
                        .sum());
    }
}
