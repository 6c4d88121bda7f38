package io.afterlearner.local.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.local.fuzz.FuzzedServices.Service;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TrialEventType;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile records and requests, while valid studies run: no service exits, nothing valid is lost, and results are those of an
 * undisturbed study. {@code -Dfuzz.inputs=N} sets the length of a run, {@code -Dfuzz.seed=N} repeats it.
 */
@Timeout(3_600)
class FuzzIT {
    private static final int SHORT = 400;
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", SHORT);
    /** The short form, which each build runs, is the same each time; a long one begins anywhere. */
    private static final long SEED = Long.getLong("fuzz.seed", INPUTS == SHORT ? 20_261_127 : System.nanoTime());

    private static final int BUDGET = 100;
    /** Neighbouring seeds of {@link Random} begin alike; multiples of this do not. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int TOKEN_PERIOD = 100;
    private static final int REMEMBERED = 12;
    private static final String TELEMETRY = """
              confidence: 0.9
              telemetry:
                - {topic: %s, format: json, metric: click, token: token, value: value, timestamp: ts}\
            """.formatted(RecordInputs.TELEMETRY);
    /** Silences the broker in this JVM. A field, because the log manager drops loggers without references. */
    private static final Logger ROOT = Logger.getLogger("");

    @TempDir
    Path folder;

    private FuzzedServices services;
    private final Deque<String> latest = new ArrayDeque<>();

    @AfterEach
    void stop() {
        if (services != null) {
            services.close();
        }
    }

    @Test
    void hostileInputsStopNothingLoseNothingAndChangeNoResult() throws Exception {
        System.out.println("fuzz: -Dfuzz.seed=" + SEED + " -Dfuzz.inputs=" + INPUTS);
        ROOT.setLevel(Level.WARNING);
        TinyStudy.write(folder);
        StudySpec search = spec(TinyStudy.YAML
                .replace("budget: 60", "order: number\n  budget: " + BUDGET)
                .replace("timeout: 30s", "timeout: 10m"));
        StudySpec online = spec(TinyStudy.CLICKED.replace("  confidence: 0.9", TELEMETRY));
        services = new FuzzedServices(folder);
        services.awaitReady();
        SearchStudies studies = new SearchStudies(services, search);
        SearchStudies.Result calm = studies.run("calm");
        assertEachToldOnce(calm);
        ClickedStudy clicked = new ClickedStudy(services, online, "clicked");
        ClickedStudy uncounted = new ClickedStudy(services, online, "uncounted");

        CompletableFuture<Void> searching = studies.runOn();
        CompletableFuture<Void> clicking = clicked.runOn();
        long start = System.nanoTime();
        fuzz(studies, search, online, uncounted);
        report((System.nanoTime() - start) / 1_000_000_000);
        studies.end();
        clicked.end();
        searching.join();
        clicking.join();
        studies.results().forEach(result -> assertEquals(calm, result));
        System.out.printf("fuzz: %d studies as undisturbed%n", studies.results().size());
        System.out.printf("fuzz: %d clicks counted%n", clicked.assertAllCounted());
        assertUnharmed();
    }

    private void assertUnharmed() throws IOException {
        assertStanding();
        assertEquals(List.of(), services.findings().all());
        for (Service service : Service.values()) {
            assertEquals(List.of(), traces(services.http(service).said()), service + " logs traces");
        }
    }

    private StudySpec spec(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("given.yaml"), yaml);
        return new Resolver(StudyFile.read(file.toString(), file, folder.resolve("downloads"))).spec();
    }

    private void fuzz(SearchStudies studies, StudySpec search, StudySpec online, ClickedStudy uncounted)
            throws Exception {
        String token = "";
        for (int i = 0; i < INPUTS; i++) {
            if (i % TOKEN_PERIOD == 0) {
                token = uncounted.token("unit-" + i);
            }
            Samples samples = new Samples(
                    List.of("calm", studies.current(), "clicked"),
                    small(search),
                    small(online),
                    uncounted.study(),
                    token);
            send(i, input(i, samples, search));
            assertStanding();
        }
    }

    private static String small(StudySpec spec) {
        OptimizerSpec optimizer =
                OptimizerSpec.newBuilder(spec.getOptimizer()).setBudget(10).build();
        return StudySpec.newBuilder(spec).setOptimizer(optimizer).build().toString();
    }

    /** Depends on the seed and the input's number only, so that one of them can be sent again. */
    private static Input input(int i, Samples samples, StudySpec sample) throws IOException {
        Random random = new Random((SEED * 1_000_003 + i) * SPREAD);
        return random.nextBoolean()
                ? new RecordInputs(random, samples.studies(), sample).next()
                : new HttpInputs(random, samples, Integer.toString(i)).next();
    }

    private void send(int i, Input input) throws Exception {
        latest.addLast(i + ": " + input);
        if (latest.size() > REMEMBERED) {
            latest.removeFirst();
        }
        input.kinds().forEach(services.findings()::count);
        try {
            input.send(services);
        } catch (IOException e) {
            throw new AssertionError(
                    description("cannot be sent: " + services.exited().orElse("no service has exited")), e);
        }
    }

    private void assertStanding() throws IOException {
        String exited = services.exited().orElse("");
        assertTrue(exited.isEmpty(), () -> description(exited));
    }

    private String description(String problem) {
        return problem + "\nseed " + SEED + "; the latest inputs:\n" + String.join("\n", latest);
    }

    /** Each candidate is asked once, and told once. */
    private static void assertEachToldOnce(SearchStudies.Result result) {
        for (TrialEventType type : List.of(TrialEventType.ASKED, TrialEventType.TOLD)) {
            List<Long> numbers = result.trials().stream()
                    .filter(trial -> trial.type() == type)
                    .map(SearchStudies.Trial::number)
                    .toList();
            assertEquals(LongStream.range(0, BUDGET).boxed().toList(), numbers, type.toString());
        }
        assertEquals(2 * BUDGET, result.trials().size());
    }

    private static List<String> traces(String said) {
        List<String> lines = said.lines().toList();
        return IntStream.range(1, lines.size())
                .filter(i ->
                        lines.get(i).startsWith("\tat ") && !lines.get(i - 1).startsWith("\tat "))
                .mapToObj(i -> lines.get(i - 1) + " " + lines.get(i).strip())
                .distinct()
                .limit(REMEMBERED)
                .toList();
    }

    private void report(long seconds) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        System.out.printf("fuzz: %d inputs in %d s, load %.1f%n", INPUTS, seconds, load);
        services.findings().counts().forEach((kind, count) -> System.out.println("fuzz: " + count + " " + kind));
        services.findings().all().forEach(finding -> System.out.println("fuzz: " + finding));
    }
}
