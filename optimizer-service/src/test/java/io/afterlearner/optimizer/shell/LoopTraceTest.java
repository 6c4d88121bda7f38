package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.trace.RecordContext;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Topics;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The spans of the loop, and the contexts in its records. */
class LoopTraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final Headers NONE = new RecordHeaders();

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private TopologyTestDriver driver = driver(0);

    @AfterEach
    void close() {
        driver.close();
    }

    private TopologyTestDriver driver(double ratio) {
        return driver(new Spans(OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(ratio)))
                        .build())
                .build()));
    }

    private static TopologyTestDriver driver(Spans spans) {
        return new TopologyTestDriver(
                OptimizerTopology.build(
                        Metered.unread(),
                        new Backlog(),
                        Messages.NANOS,
                        new DeadLetters("optimizer"),
                        HeapBudget.ofProcess(),
                        spans),
                new Properties(),
                Instant.ofEpochMilli(1_000_000));
    }

    private static Headers traceparent(String value) {
        Headers headers = new RecordHeaders();
        headers.add("traceparent", value.getBytes(StandardCharsets.US_ASCII));
        return headers;
    }

    private static Headers sampled() {
        return traceparent("00-" + TRACE + "-00f067aa0ba902b7-01");
    }

    private void send(String topic, SpecificRecord record, Headers headers) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(new TestRecord<>("s", Messages.bytes(record), headers));
    }

    private void begin(int budget, int parallelism, Headers headers) {
        send(Topics.STUDIES, Messages.spec("s", budget, parallelism), headers);
    }

    private void tell(long number, Headers headers) {
        send(Topics.FITNESS, Messages.measured("s", number, 1.5), headers);
    }

    private List<TestRecord<String, byte[]>> read(String topic) {
        return driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    private List<TestRecord<String, byte[]>> candidates() {
        return read(Topics.candidates("default"));
    }

    private List<SpanData> spans(String name) {
        return exporter.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
    }

    private List<String> names() {
        return exporter.getFinishedSpanItems().stream().map(SpanData::getName).toList();
    }

    private static SpanContext context(TestRecord<String, byte[]> record) {
        return RecordContext.read(record.headers());
    }

    @Test
    void aCandidateContinuesTheTraceOfItsCauseUntilTheIncumbent() {
        begin(10, 2, sampled());
        SpanData created = spans("create study").get(0);
        List<SpanData> asked = spans("ask candidate");
        assertEquals(2, asked.size());
        assertTrue(asked.stream().allMatch(span -> span.getParentSpanId().equals(created.getSpanId())));
        TestRecord<String, byte[]> candidate = candidates().get(0);
        assertEquals(
                asked.get(0).getSpanContext().getSpanId(), context(candidate).getSpanId());

        tell(0, candidate.headers());
        SpanData told = spans("tell candidate").get(0);
        assertEquals(asked.get(0).getSpanId(), told.getParentSpanId());
        assertEquals("told", told.getAttributes().get(Spans.OUTCOME));
        assertEquals(1.5, told.getAttributes().get(Spans.LOSS));
        assertEquals(0L, told.getAttributes().get(Spans.CANDIDATE));
        SpanData incumbent =
                spans("publish incumbent").get(spans("publish incumbent").size() - 1);
        assertEquals(told.getSpanId(), incumbent.getParentSpanId());
        var published = read(Topics.INCUMBENTS);
        assertEquals(
                incumbent.getSpanId(),
                context(published.get(published.size() - 1)).getSpanId());
    }

    @Test
    void aLaterCandidateBeginsATraceOfItsOwnLinkedToTheResultBefore() {
        driver.close();
        driver = driver(1);
        begin(10, 1, NONE);
        SpanData first = spans("ask candidate").get(0);
        tell(0, candidates().get(0).headers());
        SpanData told = spans("tell candidate").get(0);
        SpanData next = spans("ask candidate").get(1);
        assertTrue(!next.getTraceId().equals(first.getTraceId()));
        assertEquals(told.getSpanId(), next.getLinks().get(0).getSpanContext().getSpanId());
    }

    @Test
    void whatIsNotSampledMakesNoSpanButCarriesItsContext() {
        begin(10, 1, traceparent("00-" + TRACE + "-00f067aa0ba902b7-00"));
        var first = candidates().get(0);
        assertEquals(TRACE, context(first).getTraceId());
        tell(0, first.headers());
        assertTrue(context(candidates().get(0)).isValid());
        assertEquals(List.of(), names());
    }

    @Test
    void withTracesOffNoRecordHasAHeader() {
        driver.close();
        driver = driver(Spans.off());
        begin(10, 1, NONE);
        tell(0, NONE);
        for (String topic : List.of(Topics.candidates("default"), Topics.TRIALS, Topics.INCUMBENTS)) {
            read(topic).forEach(record -> assertEquals(0, record.headers().toArray().length, topic));
        }
    }

    @Test
    void withTracesOffAContextIsPassedOn() {
        driver.close();
        driver = driver(Spans.off());
        begin(10, 1, sampled());
        assertEquals(TRACE, context(candidates().get(0)).getTraceId());
    }

    @Test
    void aResultWithoutContextAndAnExpiryFollowTheirCandidate() {
        begin(10, 2, sampled());
        List<SpanData> asked = spans("ask candidate");
        tell(0, NONE);
        assertEquals(asked.get(0).getSpanId(), spans("tell candidate").get(0).getParentSpanId());
        send(Topics.COMMANDS, Messages.command("s", "1", Action.STOP, 0), NONE);
        SpanData expired = spans("expire candidate").get(0);
        assertEquals(asked.get(1).getSpanId(), expired.getParentSpanId());
        assertEquals("STUDY_STOPPED", expired.getAttributes().get(Spans.FAILURE));
    }

    @Test
    void aResultThatIsNotToldSaysWhy() {
        begin(10, 1, sampled());
        Headers headers = candidates().get(0).headers();
        tell(0, headers);
        tell(0, headers);
        assertEquals("duplicate", spans("tell candidate").get(1).getAttributes().get(Spans.OUTCOME));
    }

    @Test
    void oneRequestHasALimitedNumberOfCandidates() {
        begin(1_000, 150, sampled());
        assertEquals(LoopTrace.MAX_CANDIDATES, spans("ask candidate").size());
        assertEquals(150, candidates().size());
    }

    @Test
    void aRestartMakesNoSpan() {
        StudyTask task = new StudyTask(new Spans(OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                        .build())
                .build()));
        task.put(Topics.STUDIES, Messages.bytes(Messages.spec("s", 10, 2)));
        task.put(Topics.FITNESS, Messages.bytes(Messages.measured("s", 0, 1)));
        List<String> before = names();
        assertTrue(before.contains("ask candidate"));
        task.restart();
        assertEquals(before, names());
    }
}
