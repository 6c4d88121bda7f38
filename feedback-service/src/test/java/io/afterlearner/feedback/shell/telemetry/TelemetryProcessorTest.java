package io.afterlearner.feedback.shell.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.Secrets;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.Metered;
import io.afterlearner.feedback.shell.StudiesInMemory;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.streams.Outputs;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.TelemetryFormat;
import io.afterlearner.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryProcessorTest {
    private static final long NOW_MILLIS = 1_790_000_000_000L;
    private static final StudySpec SPEC = Specs.study(
            "s",
            1_000,
            10,
            List.of(new Telemetry("orders", TelemetryFormat.JSON, null, "click", "token", null, "bought", "at", "id")));

    @TempDir
    private Path directory;

    private final StudiesInMemory studies = new StudiesInMemory();
    private final Tokens tokens = new Tokens(Secrets.of("secrets", List.of("a secret of the tests")));
    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        StreamsBuilder builder = new StreamsBuilder();
        FeedbackMetrics metrics = Metered.unread();
        Outputs.sink(builder.stream("orders", Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .process(
                        () -> new TelemetryProcessor("orders", studies, tokens, metrics, new DeadLetters("feedback"))));
        Properties settings = new Properties();
        settings.putAll(Map.of("application.id", "telemetry", "state.dir", directory.toString()));
        driver = new TopologyTestDriver(builder.build(), settings, Instant.ofEpochMilli(NOW_MILLIS));
        studies.put(SPEC);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    private void emit(byte @Nullable [] value) {
        emit(value, NOW_MILLIS);
    }

    private void emit(byte @Nullable [] value, long atMillis) {
        driver.createInputTopic("orders", new StringSerializer(), new ByteArraySerializer())
                .pipeInput(null, value, atMillis);
    }

    private void emit(String json) {
        emit(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private String token(String study) {
        return tokens.sign(new Assignment(
                study,
                "a",
                "unit",
                Arm.EXPLORE,
                1,
                new double[0],
                NOW_MILLIS,
                NOW_MILLIS + 1_000,
                NOW_MILLIS,
                0,
                "shop"));
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
        assertEquals("o1", report.getId());
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
        emit("{'token':'" + token("s") + "','bought':'maybe','at':" + NOW_MILLIS + ",'id':'o1'}");

        DeadLetter letter = read(Topics.DEAD_LETTERS, DeadLetter.class).get(0);
        assertTrue(
                letter.getReason().contains("bought is the text \"maybe\"; send a finite number"), letter.getReason());
    }

    private static StudySpec mapped(String study, String metric, String token, String candidate, String timestamp) {
        return Specs.study(
                study,
                1_000,
                10,
                List.of(new Telemetry(
                        "orders", TelemetryFormat.JSON, null, metric, token, candidate, "bought", timestamp, "id")));
    }

    private void serve(String... served) {
        for (String study : served) {
            studies.put(mapped(study, "click", null, "candidate", "at"));
            studies.put(Specs.arms(study, 1, 0.5));
        }
    }

    private String event(String id, long atMillis) {
        return "{'candidate':1,'bought':true,'at':" + atMillis + ",'id':'" + id + "'}";
    }

    @Test
    void anEventOfACandidateIsTheSameExposureWheneverItIsSentAgain() throws Exception {
        serve("s");
        emit(event("o1", NOW_MILLIS));
        emit(event("o1", NOW_MILLIS));
        emit(event("o2", NOW_MILLIS));

        List<Feedback> reports = read(Topics.FEEDBACK, Feedback.class);
        assertEquals(
                List.of("o1", "o1", "o2"), reports.stream().map(Feedback::getId).toList());
        assertEquals(reports.get(0).getAssignment(), reports.get(1).getAssignment());
        assertNotEquals(reports.get(0).getAssignment(), reports.get(2).getAssignment());
    }

    @Test
    void oneEventIsAnExposureOfEachStudyThatMapsItsTopic() throws Exception {
        serve("s", "t");
        emit(event("o1", NOW_MILLIS));

        List<Feedback> reports = read(Topics.FEEDBACK, Feedback.class);
        assertEquals(2, reports.stream().map(Feedback::getAssignment).distinct().count());
    }

    @Test
    void longIdsAndIdsThatAreNoUnicodeStayDifferent() throws Exception {
        serve("s");
        String text = "x".repeat(219);
        for (String id : List.of(text + "a", text + "b", "a" + text, "\\ud800", "\\ud801", "?")) {
            emit(event(id, NOW_MILLIS));
        }
        List<Feedback> reports = read(Topics.FEEDBACK, Feedback.class);
        assertEquals(6, reports.stream().map(Feedback::getId).distinct().count());
        assertEquals(6, reports.stream().map(Feedback::getAssignment).distinct().count());
        assertTrue(reports.stream().allMatch(report -> report.getId().length() <= 80));
    }

    @ParameterizedTest
    @CsvSource({
        "1790000000, looks like seconds",
        "1790000000000000, looks like microseconds",
        "1790000000000000000, looks like nanoseconds",
        "1790000000.5, looks like seconds",
        "1790000301000, more than 5 minutes after",
        "17, more than a year before",
        "1e300, more than 5 minutes after",
        "-5, more than a year before"
    })
    void aTimeThatIsNotEpochMillisecondsIsADeadLetterThatNamesItsUnit(String at, String named) throws Exception {
        serve("s");
        emit("{'candidate':1,'bought':true,'at':" + at + ",'id':'o1'}");

        assertEquals(List.of(), read(Topics.FEEDBACK, Feedback.class));
        DeadLetter letter = read(Topics.DEAD_LETTERS, DeadLetter.class).get(0);
        assertTrue(letter.getReason().contains("click: at is "), letter.getReason());
        assertTrue(letter.getReason().contains(named), letter.getReason());
    }

    /** Study s measures revenue per session; a record has both. */
    private void ratio() {
        Telemetry revenue =
                new Telemetry("orders", TelemetryFormat.JSON, null, "revenue", "token", null, "paid", "at", "id");
        Telemetry sessions = Telemetry.newBuilder(revenue)
                .setMetric("sessions")
                .setValue("visits")
                .build();
        OnlineSpec online = Specs.online(1_000, 10, 0, List.of(revenue, sessions));
        online.put("metric", Specs.revenuePerSession());
        studies.put(Specs.study("s", online));
    }

    @Test
    void aRecordMayHaveBothPartsOfARatio() throws Exception {
        ratio();
        emit("{'token':'" + token("s") + "','paid':12,'visits':3,'at':" + NOW_MILLIS + ",'id':'o1'}");

        List<Feedback> reports = read(Topics.FEEDBACK, Feedback.class);
        assertEquals(
                List.of("revenue 12.0", "sessions 3.0"),
                reports.stream()
                        .map(report -> report.getMetric() + " " + report.getValue())
                        .toList());
        assertEquals(
                List.of("a", "a"), reports.stream().map(Feedback::getAssignment).toList());
    }

    @Test
    void aNegativeDenominatorIsADeadLetterAndTheOtherPartIsRead() throws Exception {
        ratio();
        emit("{'token':'" + token("s") + "','paid':12,'visits':-3,'at':" + NOW_MILLIS + ",'id':'o1'}");

        assertEquals(
                List.of("revenue"),
                read(Topics.FEEDBACK, Feedback.class).stream()
                        .map(Feedback::getMetric)
                        .toList());
        DeadLetter letter = read(Topics.DEAD_LETTERS, DeadLetter.class).get(0);
        assertTrue(
                letter.getReason().contains("-3.0, but sessions is what a ratio is divided by; send 0 or more"),
                letter.getReason());
    }

    /** The service's clock was turned back, the senders' clocks were not. */
    @Test
    void anEventAtTheTimeOfItsRecordCountsThoughTheServicesClockIsAnHourBehind() throws Exception {
        serve("s");
        long sender = NOW_MILLIS + Duration.ofHours(1).toMillis();
        emit(event("o1", sender).replace('\'', '"').getBytes(StandardCharsets.UTF_8), sender);
        assertEquals(1, read(Topics.FEEDBACK, Feedback.class).size());
    }
}
