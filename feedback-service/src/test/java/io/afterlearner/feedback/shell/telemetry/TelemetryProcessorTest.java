package io.afterlearner.feedback.shell.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.StudiesInMemory;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.streams.Outputs;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.TelemetryFormat;
import io.afterlearner.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryProcessorTest {
    private static final long NOW_MILLIS = 1_000_000;
    private static final StudySpec SPEC = Specs.study(
            "s",
            1_000,
            10,
            List.of(new Telemetry("orders", TelemetryFormat.JSON, null, "click", "token", null, "bought", "at", "id")));

    @TempDir
    private Path directory;

    private final StudiesInMemory studies = new StudiesInMemory();
    private final Tokens tokens = new Tokens(List.of("a secret of the tests"));
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        StreamsBuilder builder = new StreamsBuilder();
        FeedbackMetrics metrics = new FeedbackMetrics(new SimpleMeterRegistry());
        Outputs.sink(builder.stream("orders", Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .process(
                        () -> new TelemetryProcessor("orders", studies, tokens, metrics, new DeadLetters("feedback"))));
        Properties settings = new Properties();
        settings.putAll(Map.of("application.id", "telemetry", "state.dir", directory.toString()));
        driver = new TopologyTestDriver(builder.build(), settings);
        studies.put(SPEC);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void emit(byte @Nullable [] value) {
        driver.createInputTopic("orders", new StringSerializer(), new ByteArraySerializer())
                .pipeInput(null, value, NOW_MILLIS);
    }

    private void emit(String json) {
        emit(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private String token(String study) {
        return tokens.sign(
                new Assignment(study, "a", "unit", Arm.EXPLORE, 1, new double[0], NOW_MILLIS, NOW_MILLIS + 1_000, 0));
    }

    private <T extends SpecificRecord> List<T> read(String topic, Class<T> type) throws Exception {
        List<byte[]> values = driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readValuesToList();
        List<T> all = new ArrayList<>();
        for (byte[] value : values) {
            all.add(Codec.of(type).decode(value));
        }
        return all;
    }

    @Test
    void aRecordWithATokenBecomesFeedback() throws Exception {
        emit("{'token':'" + token("s") + "','bought':true,'at':" + (NOW_MILLIS + 5) + ",'id':'o1'}");

        Feedback report = read(Topics.FEEDBACK, Feedback.class).get(0);
        assertEquals("a", report.getAssignment());
        assertEquals("click o1", report.getId());
        assertEquals(1, report.getValue());
        assertEquals(NOW_MILLIS + 5, report.getAtMillis());
    }

    @Test
    void aRecordOfAnotherOrADeletedStudyIsIgnored() throws Exception {
        emit("{'token':'" + token("other") + "','bought':true,'at':1,'id':'o1'}");
        studies.remove("s");
        emit("{'token':'" + token("s") + "','bought':true,'at':1,'id':'o1'}");
        emit((byte[]) null);

        assertEquals(List.of(), read(Topics.FEEDBACK, Feedback.class));
        assertEquals(List.of(), read(Topics.DEAD_LETTERS, DeadLetter.class));
    }

    @Test
    void anUnusableRecordIsADeadLetterThatNamesTheField() throws Exception {
        emit("{'token':'" + token("s") + "','bought':'maybe','at':1,'id':'o1'}");

        DeadLetter letter = read(Topics.DEAD_LETTERS, DeadLetter.class).get(0);
        assertTrue(letter.getReason().contains("bought is not a finite number: maybe"), letter.getReason());
    }
}
