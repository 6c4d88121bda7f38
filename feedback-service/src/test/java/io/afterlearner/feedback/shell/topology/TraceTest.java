package io.afterlearner.feedback.shell.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.afterlearner.client.Assignment;
import io.afterlearner.feedback.Specs;
import io.afterlearner.kafka.trace.RecordContext;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Topics;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The spans of an online study, and the contexts in its records. */
class TraceTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final int WINDOW_MILLIS = 1_000;

    @TempDir
    private Path directory;

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private TestedTopology topology;

    @BeforeEach
    void start() {
        topology = new TestedTopology(
                directory,
                new Spans(OpenTelemetrySdk.builder()
                        .setTracerProvider(SdkTracerProvider.builder()
                                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                                .build())
                        .build()));
        topology.create(Specs.study("s", WINDOW_MILLIS, 10, List.of()));
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    private static Headers traced(TraceFlags flags) {
        Headers headers = new RecordHeaders();
        RecordContext.write(SpanContext.create(TRACE, "00f067aa0ba902b7", flags, TraceState.getDefault()), headers);
        return headers;
    }

    private List<String> names() {
        return exporter.getFinishedSpanItems().stream().map(SpanData::getName).toList();
    }

    @Test
    void theFitnessContinuesTheTraceOfItsCandidate() {
        topology.headers = traced(TraceFlags.getSampled());
        topology.send(Specs.asked("s", 1, 0.5));
        topology.headers = new RecordHeaders();
        topology.send(Topics.STUDIES, "s", null);

        assertEquals(List.of("admit candidate", "judge candidate"), names());
        SpanData judged = exporter.getFinishedSpanItems().get(1);
        assertEquals(exporter.getFinishedSpanItems().get(0).getSpanId(), judged.getParentSpanId());
        assertEquals("STUDY_STOPPED", judged.getAttributes().get(Spans.FAILURE));
        SpanContext fitness = topology.contexts(Topics.FITNESS).get(0);
        assertEquals(List.of(TRACE, judged.getSpanId()), List.of(fitness.getTraceId(), fitness.getSpanId()));
    }

    @Test
    void anExposureAndItsReportContinueTheirRequestsAndNameNoUnit() {
        topology.headers = traced(TraceFlags.getSampled());
        Assignment got = topology.exposed("s", "a1", Arm.EXPLORE, 1, WINDOW_MILLIS);
        topology.reported(got, "e1", "click", 1);
        topology.reported(got, "e1", "click", 1);

        assertEquals(List.of("count exposure", "count report", "count report"), names());
        assertEquals(
                List.of("counted", "counted", "duplicate"),
                exporter.getFinishedSpanItems().stream()
                        .map(span -> span.getAttributes().get(Spans.OUTCOME))
                        .toList());
        exporter.getFinishedSpanItems().forEach(span -> {
            assertEquals(TRACE, span.getTraceId());
            assertEquals(1L, span.getAttributes().get(Spans.CANDIDATE));
            assertFalse(span.getAttributes().toString().contains("unit"));
        });
    }

    @Test
    void whatIsNotSampledMakesNoSpan() {
        topology.headers = traced(TraceFlags.getDefault());
        topology.send(Specs.asked("s", 1, 0.5));
        topology.reported(topology.exposed("s", "a1", Arm.EXPLORE, 1, WINDOW_MILLIS), "e1", "reward", 1);
        topology.send(Topics.STUDIES, "s", null);
        assertEquals(List.of(), names());
    }
}
