package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluator.scoring.Artifacts;
import io.afterlearner.evaluator.scoring.SessionSettings;
import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.trace.Spans;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** A broker for evaluators, with two pools for each test: one per mode. */
final class EvaluatorBus implements AutoCloseable {
    private final Path directory;
    final Bus bus;

    EvaluatorBus(Path directory, List<String> tests) throws Exception {
        this.directory = directory;
        this.bus = new Bus(
                directory.resolve("broker"),
                tests.stream()
                        .flatMap(test -> Stream.of(Mode.values()).map(mode -> pool(test, mode)))
                        .toList());
    }

    static String pool(String test, Mode mode) {
        return test + "-" + mode.name().toLowerCase(Locale.ROOT);
    }

    EvaluatorSettings settings(Mode mode, String id, String pool, int slots) {
        return new EvaluatorSettings(
                KafkaSettings.of(Map.of("bootstrap.servers", bus.servers())),
                id,
                "digest",
                pool,
                mode,
                slots,
                Duration.ofMillis(500),
                new SessionSettings(false, 0, 64 << 20, 64 << 20, 64 << 20),
                new Artifacts.Settings(
                        List.of(directory),
                        List.of(),
                        S3Settings.DEFAULT,
                        directory.resolve("work"),
                        64 << 20,
                        Duration.ofSeconds(5)),
                Spans.off());
    }

    static void until(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Bus.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("it did not happen within " + Bus.PATIENCE);
            }
            Thread.sleep(10);
        }
    }

    @Override
    public void close() {
        bus.close();
    }
}
