package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.Test;

class ClockJumpTest {

    @Test
    void whenTheWallClockJumpsCandidatesExpireNoSoonerAndNoLater() {
        AtomicLong elapsedMillis = new AtomicLong();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (TopologyTestDriver jumping = new TopologyTestDriver(
                OptimizerTopology.build(
                        Metered.in(registry),
                        new Backlog(),
                        context -> elapsedMillis.get() * 1_000_000,
                        new DeadLetters("optimizer"),
                        HeapBudget.ofProcess(),
                        Spans.off()),
                new Properties(),
                Instant.ofEpochMilli(1_790_000_000_000L))) {
            StudySpec spec = Messages.spec("s", 100, 2);
            spec.getEvaluation().put("waitMillis", 60_000L);
            jumping.createInputTopic(Topics.STUDIES, new StringSerializer(), new ByteArraySerializer())
                    .pipeInput("s", Messages.bytes(spec));
            var candidates = jumping.createOutputTopic(
                    Topics.candidates("default"), new StringDeserializer(), new ByteArrayDeserializer());
            jumping.createInputTopic(Topics.FITNESS, new StringSerializer(), new ByteArraySerializer())
                    .pipeInput("s", Messages.bytes(Messages.measured("s", 0, 1)));
            assertEquals(3, candidates.readValuesToList().size());
            jumping.advanceWallClockTime(Duration.ofHours(1));
            assertEquals(List.of(), candidates.readValuesToList());
            assertEquals(
                    3_600,
                    registry.get("afterlearner.optimizer.clock.offset.seconds")
                            .gauge()
                            .value());

            elapsedMillis.addAndGet(70_000);
            jumping.advanceWallClockTime(Duration.ofSeconds(70));
            assertEquals(2, candidates.readValuesToList().size());
        }
    }
}
