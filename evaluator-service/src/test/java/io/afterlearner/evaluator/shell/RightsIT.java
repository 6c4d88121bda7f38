package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.embedded.SecuredBroker;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluator.scoring.Artifacts;
import io.afterlearner.evaluator.scoring.SessionSettings;
import io.afterlearner.evaluator.scoring.TinyStudy;
import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.Right;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An evaluator that loses the right to send its results while it runs. */
@Timeout(180)
class RightsIT {
    private static final String USER = "evaluator";

    @TempDir
    static Path directory;

    private static SecuredBroker broker;
    private static Bus bus;

    @BeforeAll
    static void start() throws Exception {
        broker = SecuredBroker.start(directory, USER);
        bus = new Bus(
                broker,
                broker.client("broker"),
                Stream.of(Mode.values()).map(RightsIT::pool).toList());
    }

    @AfterAll
    static void stop() {
        bus.close();
    }

    private static String pool(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }

    private static EvaluatorSettings settings(Mode mode) {
        return new EvaluatorSettings(
                KafkaSettings.of(broker.client(USER)),
                "limited",
                "digest",
                pool(mode),
                mode,
                2,
                Duration.ofSeconds(5),
                new SessionSettings(false, 0, 64 << 20, 64 << 20, 64 << 20),
                new Artifacts.Settings(
                        List.of(directory),
                        List.of(),
                        S3Settings.DEFAULT,
                        directory.resolve("work-" + pool(mode)),
                        64 << 20,
                        Duration.ofSeconds(5)),
                Spans.off());
    }

    private static void grantAll(EvaluatorSettings settings) throws Exception {
        for (Right right : settings.rights()) {
            broker.grant(USER, right.operation(), right.type(), right.resource(), PatternType.LITERAL);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void noResultIsLostAndTheEvaluatorGoesOnOnceTheRightIsGranted(Mode mode) throws Exception {
        String pool = pool(mode);
        EvaluatorSettings settings = settings(mode);
        grantAll(settings);
        bus.study(TinyStudy.in(directory, pool));
        try (Evaluators evaluator = TestedEvaluators.start(settings)) {
            EvaluatorBus.until(evaluator::isReady);
            bus.ask(pool, pool, 0, 600_000, 1.0);
            bus.fitness(pool, 1);

            broker.revoke(USER, AclOperation.WRITE, ResourceType.TOPIC, Topics.FITNESS, PatternType.LITERAL);
            bus.ask(pool, pool, 1, 600_000, 2.0);
            EvaluatorBus.until(() -> String.valueOf(evaluator.problem())
                    .startsWith("Kafka: the right to WRITE on topic afterlearner.fitness is missing"));
            assertFalse(evaluator.isReady());
            assertTrue(evaluator.isAlive());
            bus.ask(pool, pool, 2, 600_000, 3.0);

            broker.grant(USER, AclOperation.WRITE, ResourceType.TOPIC, Topics.FITNESS, PatternType.LITERAL);
            List<Fitness> all = bus.fitness(pool, 3);
            EvaluatorBus.until(evaluator::isReady);
            assertEquals(
                    List.of(0L, 1L, 2L),
                    all.stream().map(Fitness::getNumber).sorted().toList());
            all.forEach(fitness -> assertInstanceOf(Measured.class, fitness.getOutcome()));
            assertEquals(0, evaluator.counters().quarantined.sum());
            assertEquals(0, evaluator.counters().deadLettered.sum());
            assertTrue(evaluator.counters().released.sum() <= 2, "candidates were evaluated in vain");
        }
    }
}
