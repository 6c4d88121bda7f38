package io.afterlearner.local.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.local.trace.TraceReceiver.Received;
import io.afterlearner.study.TinyStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The trace that a collector gets of a study, from the command line's request to the incumbent. */
@Timeout(300)
class TraceIT {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";
    /** Of TinyStudy. */
    private static final int BUDGET = 60;

    @TempDir
    Path folder;

    /** Runs a study to its end with its services. The services sample nothing themselves. */
    private void retrofit(TraceReceiver receiver, String traceparent) throws IOException, InterruptedException {
        TinyStudy.write(folder);
        ProcessBuilder builder = new ProcessBuilder(
                        ROOT.resolve("afterlearner").toString(),
                        "retrofit",
                        "study.yaml",
                        "--home",
                        folder.resolve("home").toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile());
        builder.environment()
                .putAll(Map.of(
                        "TRACEPARENT", traceparent,
                        "OTEL_SDK_DISABLED", "false",
                        "OTEL_EXPORTER_OTLP_ENDPOINT", receiver.endpoint(),
                        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf",
                        "OTEL_TRACES_SAMPLER_ARG", "0",
                        "QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "50ms"));
        int exit = builder.start().waitFor();
        assertEquals(0, exit, Files.readString(folder.resolve("out")));
    }

    private static Received child(List<Received> spans, Received parent, String name) {
        return spans.stream()
                .filter(span -> span.parent().equals(parent.id()) && span.name().equals(name))
                .min((a, b) -> number(a).compareTo(number(b)))
                .orElseThrow(() -> new AssertionError(name + " is no child of " + parent + " in " + spans));
    }

    private static String number(Received span) {
        return span.attributes().getOrDefault("afterlearner.candidate", "");
    }

    private static List<Received> named(List<Received> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    @Test
    void aCandidateIsTracedFromTheRequestToTheIncumbentAndWhatIsNotSampledIsNot()
            throws IOException, InterruptedException {
        try (TraceReceiver receiver = new TraceReceiver()) {
            retrofit(receiver, "00-" + TRACE + "-" + CALLER + "-01");
            List<Received> spans = receiver.spans();
            Received post = named(spans, "POST /v1/studies").get(0);
            assertEquals(CALLER, post.parent());
            Received created = child(spans, post, "create study");
            Received asked = child(spans, created, "ask candidate");
            Received evaluated = child(spans, asked, "evaluate candidate");
            Received told = child(spans, evaluated, "tell candidate");
            Received incumbent = child(spans, told, "publish incumbent");
            assertEquals(
                    List.of("afterlearner-optimizer", "afterlearner-evaluator", "afterlearner-optimizer"),
                    List.of(asked.service(), evaluated.service(), told.service()));
            assertEquals("0", number(asked));
            assertEquals("0", number(told));
            assertEquals("measured", evaluated.attributes().get("afterlearner.outcome"));
            assertEquals("told", told.attributes().get("afterlearner.outcome"));
            assertEquals(
                    evaluated.attributes().get("afterlearner.loss"),
                    incumbent.attributes().get("afterlearner.loss"));
            assertEquals(Set.of(TRACE), spans.stream().map(Received::trace).collect(Collectors.toSet()));
            assertTrue(named(spans, "ask candidate").size() < BUDGET, "later candidates were not sampled");
            assertBounded(spans);
        }
    }

    /** Attributes of the loop's own spans are those of the documentation. */
    private static void assertBounded(List<Received> spans) throws IOException {
        String documented = Files.readString(ROOT.resolve("docs/tracing.md"));
        Set<String> keys = new TreeSet<>();
        spans.stream()
                .filter(span -> !span.name().startsWith("POST "))
                .forEach(span -> keys.addAll(span.attributes().keySet()));
        keys.removeIf(key -> documented.contains("`" + key + "`"));
        keys.removeIf(key -> key.startsWith("thread.") || key.startsWith("code."));
        assertEquals(Set.of(), keys);
    }
}
