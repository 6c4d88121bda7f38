package io.afterlearner.benchmarks;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.afterlearner.kafka.Follower;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Table;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Measures the loop with free evaluations: a running optimizer service (exactly once) and evaluators that answer immediately. A
 * round trip is the time from sending a fitness to receiving the committed candidate it made room for.
 */
public final class LoopBench {
    /**
     * One line of {@code bench loop}.
     *
     * @param outstanding candidates outstanding at once
     * @param toldPerSecond rate during the measurement
     * @param p50Millis median time from sending a fitness to receiving the candidate it made room for
     * @param p99Millis 99th percentile of the same
     * @param told candidates told during the measurement
     * @param toldBefore candidates told in the study before the measurement
     */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "bench")
    @JsonTypeName("loop")
    public record Figures(
            int outstanding, double toldPerSecond, double p50Millis, double p99Millis, long told, long toldBefore) {

        public Figures {
            toldPerSecond = Math.round(toldPerSecond * 10) / 10.0;
            p50Millis = Math.round(p50Millis * 1000) / 1000.0;
            p99Millis = Math.round(p99Millis * 1000) / 1000.0;
        }
    }

    private static final String POOL = "default";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Warm-up tells, in a separate study, so that JIT compilation is not measured. */
    private static final long WARM_UP = 150_000;

    /**
     * Least budget of a measured study: the budget determines the optimizer. The optimizer reserves memory for all of it, so no
     * study has much more than it is asked.
     */
    private static final long MIN_BUDGET = 20_000;

    /** Most candidates of a measured study. */
    public static final long MAX_CANDIDATES = 1_000_000;

    /** Tells per measured study that fill the outstanding candidates. */
    private static final int RUN_IN = 1_000;

    private final KafkaSettings kafka;
    private final int dimension;

    /** @param dimension number of ℵ-parameters */
    public LoopBench(KafkaSettings kafka, int dimension) {
        this.kafka = kafka;
        this.dimension = dimension;
    }

    /** Candidates that the longest of the measured studies asks for; at most {@link #MAX_CANDIDATES} can be measured. */
    public static long candidates(int outstanding, long told, long aged) {
        long before = RUN_IN + told;
        return Math.max(before, aged) + (aged > before ? told + Math.max(1, told / 10) : 0) + outstanding;
    }

    /**
     * Warms up, measures and passes on each line as it is known: one candidate outstanding; {@code outstanding} of them; both
     * again in a study with {@code aged} candidates already told.
     *
     * @throws RefusedException if the optimizer refuses the largest study, which is tried first
     */
    public void run(int outstanding, long told, long aged, Consumer<Figures> lines)
            throws UndecodableException, ExecutionException, InterruptedException {
        long largest = Math.max(MIN_BUDGET, candidates(outstanding, told, aged) + outstanding);
        try (InstantEvaluator evaluator = begin(outstanding, largest)) {
            evaluator.await(1);
            delete(evaluator.study());
        }
        try (InstantEvaluator evaluator = begin(outstanding, WARM_UP)) {
            evaluator.answer(WARM_UP, 0);
            delete(evaluator.study());
        }
        try (InstantEvaluator evaluator = begin(1, Math.max(MIN_BUDGET, RUN_IN + told))) {
            evaluator.answer(RUN_IN, 0);
            lines.accept(measure(evaluator, 1, RUN_IN, Math.max(1, told / 10), 0));
            delete(evaluator.study());
        }
        try (InstantEvaluator evaluator = begin(outstanding, largest)) {
            evaluator.answer(RUN_IN, 0);
            lines.accept(measure(evaluator, outstanding, RUN_IN, told, 0));
            long before = RUN_IN + told;
            if (aged > before) {
                evaluator.answer(aged - before, 0);
                lines.accept(measure(evaluator, outstanding, aged, told, 0));
                // All but one of the outstanding candidates stay unanswered: one round trip at a time in the same
                // study.
                evaluator.await(outstanding);
                lines.accept(measure(evaluator, 1, aged + told, Math.max(1, told / 10), outstanding - 1));
            }
        }
    }

    private Figures measure(InstantEvaluator evaluator, int outstanding, long before, long count, int withheld)
            throws UndecodableException {
        double seconds = evaluator.answer(count, withheld);
        Quantiles times = evaluator.roundTrips();
        return new Figures(outstanding, count / seconds, times.millis(0.5), times.millis(0.99), count, before);
    }

    private InstantEvaluator begin(int outstanding, long budget) throws ExecutionException, InterruptedException {
        String study = "bench-" + UUID.randomUUID().toString().substring(0, 8);
        InstantEvaluator evaluator = new InstantEvaluator(kafka, study, POOL);
        send(Topics.STUDIES, study, Codec.of(StudySpec.class).encode(spec(study, outstanding, budget)));
        return evaluator;
    }

    /** Stops and deletes a study, so that the optimizer has its memory for the next one. */
    private void delete(String study) throws ExecutionException, InterruptedException {
        try (Follower follower = new Follower(kafka, study)) {
            Table<Incumbent> incumbents = follower.table(Topics.INCUMBENTS, Codec.of(Incumbent.class)::decode);
            follower.start();
            send(Topics.COMMANDS, study, Codec.of(Command.class).encode(stop(study)));
            // The optimizer deletes no study that has not ended.
            require(follower.await(
                    () -> incumbents.get(study).filter(LoopBench::hasEnded).isPresent(), PATIENCE));
            send(Topics.STUDIES, study, null);
            require(follower.await(() -> incumbents.get(study).isEmpty(), PATIENCE));
        }
    }

    private static void require(boolean answered) {
        if (!answered) {
            throw new IllegalStateException("the optimizer did not stop and delete a study for " + PATIENCE.toSeconds()
                    + " s; check that it is running");
        }
    }

    private static boolean hasEnded(Incumbent incumbent) {
        return incumbent.getStatus() == StudyStatus.FINISHED || incumbent.getStatus() == StudyStatus.STOPPED;
    }

    private static Command stop(String study) {
        return new Command(
                study,
                UUID.randomUUID().toString(),
                System.currentTimeMillis(),
                "bench",
                Action.STOP,
                0L,
                List.of(),
                null,
                0L);
    }

    private void send(String topic, String study, byte @Nullable [] value)
            throws ExecutionException, InterruptedException {
        try (var producer = kafka.newProducer(Map.of())) {
            producer.send(new ProducerRecord<>(topic, study, value)).get();
        }
    }

    private StudySpec spec(String study, int outstanding, long budget) {
        return new StudySpec(
                study,
                "bench",
                System.currentTimeMillis(),
                null,
                Aleph.cube(dimension),
                null,
                null,
                new LossSpec("sphere", Map.of()),
                new OptimizerSpec("auto", budget, outstanding, 1L, 1, Noise.UNKNOWN, TellOrder.ARRIVAL),
                new EvaluationSpec(60_000L, POOL, 0, Map.of(), 0.0, 3_600_000L),
                List.of(),
                null,
                0L,
                List.of());
    }
}
