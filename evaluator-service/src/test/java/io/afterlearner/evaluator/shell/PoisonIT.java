package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.scoring.Stamp;
import io.afterlearner.evaluator.scoring.TinyStudy;
import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.afterlearner.kafka.Attempts;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Candidates that fail whoever evaluates them. */
class PoisonIT {
    private static final double OVERFLOWS = 13;
    private static final double KAFKA_FAILS = 7;

    @TempDir
    static Path directory;

    private static EvaluatorBus evaluators;
    private static Bus bus;

    @BeforeAll
    static void start() throws Exception {
        evaluators = new EvaluatorBus(directory, List.of("overflow", "again", "died"));
        bus = evaluators.bus;
    }

    @AfterAll
    static void stop() {
        evaluators.close();
    }

    /** Fails in the way that a candidate's first value says. */
    private static final class Failing implements StatelessScoring {
        private final Stamp stamp = new Stamp("failing", "0", "CPU");

        @Override
        public Fitness score(StudySpec spec, Candidate candidate, Duration left, Runnable open, Abort abort) {
            double value = candidate.getValues().get(0);
            if (value == KAFKA_FAILS) {
                throw new KafkaException("no");
            }
            return stamp.measured(candidate, spec, value == OVERFLOWS ? overflow(1) : value, 0, 1, 1);
        }

        private static int overflow(int depth) {
            return depth < 0 ? 0 : 1 + overflow(depth + 1);
        }

        @Override
        public VerdictAnswer verdict(StudySpec spec, VerdictRequest request, Abort abort) {
            throw new IllegalStateException("no verdict is asked for");
        }
    }

    private static Evaluators running(Mode mode, String pool) throws Exception {
        bus.study(TinyStudy.in(directory, pool));
        return TestedEvaluators.start(evaluators.settings(mode, pool, pool, 1), clock -> new Failing());
    }

    private static void assertFirstFailsAndSecondIsMeasured(String pool, String reason) throws Exception {
        List<Fitness> fitness = bus.fitness(pool, 2);
        Failed failed = assertInstanceOf(Failed.class, fitness.get(0).getOutcome());
        assertEquals(FailureKind.UNEXPECTED_ERROR, failed.getCause().getKind());
        assertTrue(failed.getReason().contains(reason), failed.getReason());
        assertInstanceOf(Measured.class, fitness.get(1).getOutcome());
        var letters = bus.deadLetters(Topics.candidates(pool), 1);
        assertTrue(letters.get(0).getReason().contains(reason), letters.get(0).getReason());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aCandidateThatOverflowsTheStackFailsAtOnce(Mode mode) throws Exception {
        String pool = EvaluatorBus.pool("overflow", mode);
        try (Evaluators running = running(mode, pool)) {
            bus.ask(pool, pool, 0, 60_000, OVERFLOWS);
            bus.ask(pool, pool, 1, 60_000, 1.0);
            assertFirstFailsAndSecondIsMeasured(pool, "StackOverflowError");
            EvaluatorBus.until(() -> running.counters().quarantined.sum() == 1);
        }
    }

    /** Kafka would drop it after the fifth delivery, and the optimizer would wait until it expires. */
    @Test
    void aCandidateThatIsReleasedAgainAndAgainIsAnsweredBeforeKafkaDropsIt() throws Exception {
        String pool = EvaluatorBus.pool("again", Mode.SHARE);
        try (Evaluators running = running(Mode.SHARE, pool)) {
            bus.ask(pool, pool, 0, 60_000, KAFKA_FAILS);
            bus.ask(pool, pool, 1, 60_000, 1.0);
            List<Fitness> fitness = bus.fitness(pool, 2);
            Fitness failed = fitness.stream()
                    .filter(one -> one.getNumber() == 0)
                    .findFirst()
                    .orElseThrow();
            assertTrue(assertInstanceOf(Failed.class, failed.getOutcome())
                    .getReason()
                    .contains("delivered 4 times without an answer"));
            EvaluatorBus.until(() -> running.counters().released.sum() == SafeHandler.MAX_ATTEMPTS);
        }
    }

    @Test
    void inAConsumerGroupACandidateThatEndedProcessesIsNotEvaluatedAgain() throws Exception {
        String pool = EvaluatorBus.pool("died", Mode.GROUP);
        String topic = Topics.candidates(pool);
        long now = System.currentTimeMillis();
        byte[] candidate =
                Codec.of(Candidate.class).encode(new Candidate(pool, 0L, List.of(2.0), now, now + 60_000, 0L));
        Attempts attempts = Attempts.of(directory.resolve("work").resolve("attempts"), topic + "-0");
        for (int i = 0; i < SafeHandler.MAX_ATTEMPTS; i++) {
            attempts.failed(Attempts.name(topic, 0, 0, candidate), Attempts.ENDED);
        }
        bus.send(topic, Topics.candidateKey(pool, 0), candidate);
        bus.ask(pool, pool, 1, 60_000, 1.0);
        try (Evaluators running = running(Mode.GROUP, pool)) {
            assertFirstFailsAndSecondIsMeasured(pool, "delivered 4 times without an answer");
            assertEquals(1, running.counters().quarantined.sum());
        }
    }
}
