package io.afterlearner.feedback.shell.ripening;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.Secrets;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.shell.Metered;
import io.afterlearner.feedback.shell.StudiesInMemory;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Exposure;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wall clock was an hour ahead, and is turned back. */
class TurnedBackTest {
    private static final long WINDOW_MILLIS = 2_000;
    private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();

    private final MockProcessorContext<String, Out> context = new MockProcessorContext<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Tokens tokens = new Tokens(Secrets.of("secrets", List.of("a secret of the tests")));
    private final StudiesInMemory studies = new StudiesInMemory();
    private final RipeningProcessor processor = new RipeningProcessor(
            studies, tokens, Metered.unitKeys(), Metered.in(registry), new DeadLetters("feedback"), Spans.off(), 1);
    private long nowMillis = 1_790_000_000_000L;

    @BeforeEach
    void start() {
        studies.put(Specs.study("s", WINDOW_MILLIS, 100, List.of()));
        context.setCurrentSystemTimeMs(nowMillis);
        MemoryStores.add(context, RipeningProcessor.ASSIGNED, Serdes.String());
        MemoryStores.add(context, RipeningProcessor.DUE, Serdes.Bytes());
        MemoryStores.add(context, RipeningProcessor.PAST, Serdes.String());
        processor.init(context);
    }

    private void turn(long millis) {
        nowMillis += millis;
        context.setCurrentSystemTimeMs(nowMillis);
        context.scheduledPunctuators().forEach(due -> due.getPunctuator().punctuate(nowMillis));
    }

    private void send(String topic, String key, byte[] value) {
        context.setRecordMetadata(topic, 0, 0);
        processor.process(new Record<>(key, value, nowMillis));
    }

    private Assignment exposed(String id) {
        long end = nowMillis + WINDOW_MILLIS;
        Assignment assigned =
                new Assignment("s", id, "unit", Arm.EXPLORE, 1, new double[0], nowMillis, end, nowMillis, 0, "shop");
        Exposure exposure =
                new Exposure(id, "s", "unit", Arm.EXPLORE, 1L, nowMillis, end, 0L, nowMillis, tokens.sign(assigned));
        send(Topics.EXPOSURES, id, Codec.of(Exposure.class).encode(exposure));
        return assigned;
    }

    private void reported(Assignment of) {
        Feedback report = new Feedback(of.id(), "e", "s", 1L, "click", 1.0, nowMillis, tokens.sign(of));
        send(Topics.FEEDBACK, of.id(), Codec.of(Feedback.class).encode(report));
    }

    private double counted(String metric, String... tags) {
        return Metered.count(registry, metric, tags);
    }

    @Test
    void currentExposuresAndReportsInFlightCountAndAMetricSaysIt() {
        Assignment inFlight = exposed("before");
        turn(-HOUR_MILLIS);
        reported(inFlight);
        reported(exposed("after"));

        assertEquals(2, counted("reports", "fate", "counted"));
        assertEquals(0, counted("expired.exposures"));
        assertEquals(1, counted("clock.behind"));
    }

    @Test
    void exposuresRipenWhenTheirWindowIsOverByTheNewTime() {
        exposed("before");
        turn(-HOUR_MILLIS);
        exposed("after");
        context.resetForwards();
        for (int i = 0; i < 16; i++) {
            turn(250);
        }
        assertEquals(1, context.forwarded().size());
    }
}
