package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.optimizer.shell.metrics.LoopMetrics;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Claim;
import io.afterlearner.schemas.ClaimState;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.LossSpec;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.schemas.Transform;
import io.afterlearner.schemas.UndecodableException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Records in the format of the topics. */
public final class Messages {
    /** A monotonic clock that follows the driver's wall clock. */
    static final ToLongFunction<ProcessorContext<?, ?>> NANOS = context -> context.currentSystemTimeMs() * 1_000_000;

    private Messages() {}

    static Topology topology(LoopMetrics metrics) {
        return OptimizerTopology.build(
                metrics, new Backlog(), NANOS, new DeadLetters("optimizer"), HeapBudget.ofProcess(), Spans.off());
    }

    public static StudySpec spec(String study, long budget, int parallelism) {
        return spec(study, budget, parallelism, 2, 2);
    }

    public static StudySpec spec(String study, long budget, int parallelism, int rows, int columns) {
        AlephGroup group = new AlephGroup(
                "w",
                null,
                Transform.VALUE,
                Granularity.ELEMENT,
                0,
                List.of(rows, columns),
                Kind.REAL,
                -1.0,
                1.0,
                false,
                null,
                Collections.nCopies(rows * columns, 0.0),
                List.of());
        return new StudySpec(
                study,
                study,
                1L,
                null,
                List.of(group),
                null,
                null,
                new LossSpec("sphere", Map.of()),
                new OptimizerSpec("auto", budget, parallelism, 1L, 1, Noise.UNKNOWN, TellOrder.ARRIVAL),
                new EvaluationSpec(60_000L, "default", 0, Map.of(), 0.0, 3_600_000L),
                List.of(),
                null,
                0L,
                List.of());
    }

    public static Fitness measured(String study, long number, double loss) {
        return new Fitness(study, number, new Measured(loss, null), provenance(), 0L);
    }

    public static Fitness failed(String study, long number, String reason) {
        return new Fitness(study, number, new Failed(reason, null), provenance(), 0L);
    }

    public static Claim taken(String study, long number) {
        return new Claim(study, number, 0L, ClaimState.TAKEN, "e", 1, 1L);
    }

    private static Provenance provenance() {
        return new Provenance("e", "1", null, null, "CPU", 1L, 1L, 1L);
    }

    public static Command command(String study, String id, Action action, long budget) {
        return new Command(study, id, 1L, "op", action, budget, List.of(), null, 0L);
    }

    @SuppressWarnings("unchecked")
    public static <T extends SpecificRecord> byte[] bytes(T message) {
        return ((Codec<T>) Codec.of(message.getClass())).encode(message);
    }

    public static <T extends SpecificRecord> T decode(Class<T> type, byte[] bytes) {
        try {
            return Codec.of(type).decode(bytes);
        } catch (UndecodableException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
