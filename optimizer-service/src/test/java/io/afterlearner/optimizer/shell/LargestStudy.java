package io.afterlearner.optimizer.shell;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** A process that runs the largest study that its heap admits to its end, recovers it, and stops it. */
final class LargestStudy {
    private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(StudyProcessor.STORE), Serdes.Bytes(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private final MockProcessorContext<String, Out> context = new MockProcessorContext<>(new Properties());
    private StudyProcessor processor = processor();
    private long offset;

    private LargestStudy() {
        store.init(context.getStateStoreContext(), store);
        context.setCurrentSystemTimeMs(1_000_000);
        processor.init(context);
    }

    private static StudyProcessor processor() {
        return new StudyProcessor(
                new LoopMetrics(new SimpleMeterRegistry()),
                new Backlog(),
                Messages.NANOS,
                new DeadLetters("optimizer"),
                HeapBudget.ofProcess());
    }

    /** Returns how many candidates were asked. */
    private int put(String topic, byte[] value) {
        context.setRecordMetadata(topic, 0, offset++);
        processor.process(new Record<>("s", value, 0));
        int asked = 0;
        for (var forwarded : context.forwarded()) {
            Out out = (Out) forwarded.record().value();
            if (out.topic().equals(Topics.DEAD_LETTERS)) {
                throw new IllegalStateException("a dead letter");
            }
            asked += out.topic().equals(Topics.candidates("default")) ? 1 : 0;
        }
        context.resetForwards();
        return asked;
    }

    /** Given are dimension, parallelism, algorithm and runs. */
    public static void main(String[] args) {
        int dimension = Integer.parseInt(args[0]);
        int parallelism = Integer.parseInt(args[1]);
        long budget = largest(dimension, parallelism, args[2], Integer.parseInt(args[3]));
        StudySpec spec = spec(dimension, budget, parallelism, args[2], Integer.parseInt(args[3]));
        LargestStudy study = new LargestStudy();
        long asked = study.put(Topics.STUDIES, Messages.bytes(spec));
        for (long told = 0; told < asked && told < budget - 1; told++) {
            asked += study.put(
                    Topics.FITNESS, Messages.bytes(Messages.measured("s", told, (double) Math.abs(100 - told))));
        }
        study.processor.close();
        study.processor = processor();
        study.processor.init(study.context);
        study.put(Topics.COMMANDS, Messages.bytes(Messages.command("s", "c", Action.STOP, 0)));
        System.out.println("budget " + budget + ", asked " + asked);
    }

    private static StudySpec spec(int dimension, long budget, int parallelism, String algorithm, int runs) {
        StudySpec spec = Messages.spec("s", budget, parallelism, dimension, 1);
        spec.getOptimizer().put("type", algorithm);
        spec.getOptimizer().put("runs", runs);
        return spec;
    }

    private static long largest(int dimension, int parallelism, String algorithm, int runs) {
        long limit = HeapBudget.ofProcess().limitBytes();
        long low = parallelism;
        long high = 2_000_000;
        if (Specs.memory(spec(dimension, low, parallelism, algorithm, runs)).bytes() > limit) {
            throw new IllegalArgumentException("not even the least budget fits");
        }
        while (high - low > Math.max(1, low / 100)) {
            long middle = (low + high) / 2;
            boolean fits = middle * dimension * Double.BYTES < 1L << 30
                    && Specs.memory(spec(dimension, middle, parallelism, algorithm, runs))
                                    .bytes()
                            <= limit;
            low = fits ? middle : low;
            high = fits ? high : middle;
        }
        return low;
    }
}
