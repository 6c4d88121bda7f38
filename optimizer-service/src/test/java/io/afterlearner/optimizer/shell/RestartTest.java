package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

class RestartTest {
    private static final int BUDGET = 200;

    @Test
    void aRestartedProcessorSendsTheSameBitsAsAnUninterruptedOne() {
        Task through = new Task();
        Task interrupted = new Task();
        for (Task task : List.of(through, interrupted)) {
            task.put(Topics.STUDIES, Messages.bytes(Messages.spec("s", BUDGET, 7)));
        }
        for (int n = 0; n < BUDGET; n++) {
            byte[] fitness = n % 11 == 5
                    ? Messages.bytes(Messages.failed("s", n, "no"))
                    : Messages.bytes(Messages.measured("s", n, Math.abs(100 - n)));
            through.put(Topics.FITNESS, fitness);
            interrupted.put(Topics.FITNESS, fitness);
            if (n % 13 == 0) {
                interrupted.restart();
            }
        }

        List<byte[]> expected = through.sent();
        List<byte[]> actual = interrupted.sent();
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertArrayEquals(expected.get(i), actual.get(i), "record " + i);
        }
    }

    @Test
    void duplicatesStayDuplicatesAfterARestart() {
        Task task = new Task();
        task.put(Topics.STUDIES, Messages.bytes(Messages.spec("s", 5, 1)));
        byte[] fitness = Messages.bytes(Messages.measured("s", 0, 1));
        task.put(Topics.FITNESS, fitness);
        task.put(Topics.FITNESS, fitness);
        task.restart();
        int before = task.sent().size();

        task.put(Topics.FITNESS, fitness);

        assertEquals(before, task.sent().size());
    }

    @Test
    void aCommandThatActedBeforeARestartDoesNotActAgain() {
        Task task = new Task();
        task.put(Topics.STUDIES, Messages.bytes(Messages.spec("s", 5, 1)));
        byte[] pause = Messages.bytes(Messages.command("s", "a", Action.PAUSE, 0));
        task.put(Topics.COMMANDS, pause);
        task.put(Topics.COMMANDS, Messages.bytes(Messages.command("s", "b", Action.RESUME, 0)));
        task.restart();
        int before = task.sent().size();

        task.put(Topics.COMMANDS, pause);

        assertEquals(before, task.sent().size());
    }

    @Test
    void aBatchTooLargeForOneRecordIsSplitAndComesBackInOrder() {
        Task task = new Task();
        // 4,096 candidates of 800 bytes start at once: three times the limit of a batch.
        task.put(Topics.STUDIES, Messages.bytes(Messages.spec("s", 100_000, 4_096, 10, 10)));
        for (int i = 0; i < 3; i++) {
            task.restart();
        }
        task.put(Topics.FITNESS, Messages.bytes(Messages.measured("s", 4_095, 1)));

        long candidates = task.outs().stream()
                .filter(out -> out.topic().equals(Topics.candidates("default")))
                .count();
        assertEquals(4_097, candidates);
    }

    @Test
    void theTimeThatTheServiceWasDownExpiresNoCandidate() {
        Task task = new Task();
        task.put(Topics.STUDIES, Messages.bytes(Messages.spec("s", 5, 2)));
        int asked = task.sent().size();
        long downMillis = 1_000_000 + 3_600_000;
        task.restartAt(downMillis);
        task.tick(downMillis + 59_000);
        assertEquals(asked, task.sent().size(), "an evaluator may answer yet");
        task.tick(downMillis + 60_000);
        assertTrue(task.sent().size() > asked, "none did");
    }

    /** One task with one store, which outlives its processor. */
    private static final class Task {
        private final KeyValueStore<Bytes, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(StudyProcessor.STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        private final MockProcessorContext<String, Out> context = new MockProcessorContext<>(new Properties());
        private StudyProcessor processor = new StudyProcessor(
                new LoopMetrics(new SimpleMeterRegistry()),
                new Backlog(),
                Messages.NANOS,
                new DeadLetters("optimizer"),
                HeapBudget.ofProcess());
        private long offset;

        Task() {
            store.init(context.getStateStoreContext(), store);
            context.setCurrentSystemTimeMs(1_000_000);
            processor.init(context);
        }

        void restart() {
            processor = new StudyProcessor(
                    new LoopMetrics(new SimpleMeterRegistry()),
                    new Backlog(),
                    Messages.NANOS,
                    new DeadLetters("optimizer"),
                    HeapBudget.ofProcess());
            processor.init(context);
        }

        void restartAt(long nowMillis) {
            context.setCurrentSystemTimeMs(nowMillis);
            restart();
        }

        void tick(long nowMillis) {
            context.setCurrentSystemTimeMs(nowMillis);
            // Those of the processors before the latest restart are there too.
            var all = context.scheduledPunctuators();
            all.subList(all.size() - 2, all.size())
                    .forEach(each -> each.getPunctuator().punctuate(nowMillis));
        }

        void put(String topic, byte[] value) {
            context.setRecordMetadata(topic, 0, offset++);
            context.setCurrentSystemTimeMs(1_000_000 + offset);
            processor.process(new Record<>("s", value, 0));
        }

        List<Out> outs() {
            List<Out> all = new ArrayList<>();
            context.forwarded().forEach(f -> all.add((Out) f.record().value()));
            return all;
        }

        /** The records sent to candidates and trials; the publication times of the incumbent may differ. */
        List<byte[]> sent() {
            return outs().stream()
                    .filter(out -> !out.topic().equals(Topics.INCUMBENTS))
                    .map(Out::value)
                    .toList();
        }
    }
}
