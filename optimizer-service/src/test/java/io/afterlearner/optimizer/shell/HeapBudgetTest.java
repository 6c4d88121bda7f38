package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.Topics;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeapBudgetTest {
    private final KeyValueStore<Bytes, byte[]> store = StudyTask.store();
    private MockProcessorContext<String, Out> context = new MockProcessorContext<>(new Properties());
    private StudyProcessor processor;
    private HeapBudget heap;
    private long offset;

    @BeforeEach
    void start() {
        store.init(context.getStateStoreContext(), store);
        restart(Specs.memory(Messages.spec("one", 100, 2)).bytes() * 5 / 2);
    }

    private void restart(long limitBytes) {
        if (processor != null) {
            processor.close();
        }
        context = new MockProcessorContext<>(new Properties());
        context.addStateStore(store);
        context.setCurrentSystemTimeMs(1_000_000);
        heap = new HeapBudget(limitBytes);
        processor = StudyTask.processor(new Backlog(), heap);
        processor.init(context);
    }

    private void put(String topic, String study, byte[] value) {
        context.setRecordMetadata(topic, 0, offset++);
        processor.process(new Record<>(study, value, 0));
    }

    private void create(String study) {
        put(Topics.STUDIES, study, Messages.bytes(Messages.spec(study, 100, 2)));
    }

    private void command(String study, Action action, long budget) {
        put(Topics.COMMANDS, study, Messages.bytes(Messages.command(study, "c" + offset, action, budget)));
    }

    /** What was sent to a topic since the last call. */
    private List<byte[]> sent(String topic) {
        context.scheduledPunctuators().forEach(due -> due.getPunctuator().punctuate(1_000_000));
        List<byte[]> sent = context.forwarded().stream()
                .map(forwarded -> (Out) forwarded.record().value())
                .filter(out -> out.topic().equals(topic))
                .map(Out::value)
                .toList();
        context.resetForwards();
        return sent;
    }

    private List<String> reasons() {
        return sent(Topics.DEAD_LETTERS).stream()
                .map(bytes -> Messages.decode(DeadLetter.class, bytes).getReason())
                .toList();
    }

    private Incumbent incumbent() {
        List<byte[]> sent = sent(Topics.INCUMBENTS);
        return Messages.decode(Incumbent.class, sent.get(sent.size() - 1));
    }

    @Test
    void studiesShareTheHeapUntilTheyAreDeleted() {
        create("one");
        create("two");
        create("three");
        List<String> reasons = reasons();
        assertEquals(1, reasons.size());
        assertTrue(reasons.get(0).contains("delete studies that have ended"), reasons.get(0));

        command("one", Action.STOP, 0);
        create("three");
        assertEquals(1, reasons().size());
        put(Topics.STUDIES, "one", null);
        create("three");

        assertEquals(List.of(), reasons());
    }

    @Test
    void aBudgetGrowsWhileThereIsRoom() {
        create("one");
        command("one", Action.EXTEND, 200);
        assertEquals(List.of(), reasons());
        command("one", Action.EXTEND, 1_000_000);
        assertTrue(reasons().get(0).contains("give a smaller one"));
        put(Topics.STUDIES, "one", null);
        command("one", Action.STOP, 0);
        assertEquals(StudyStatus.STOPPED, incumbent().getStatus());

        put(Topics.STUDIES, "one", null);
        assertTrue(heap.take(heap.limitBytes()), "all memory is given back");
    }

    @Test
    void aStudyThatNoLongerFitsIsSetAsideAndCanBeStoppedAndDeleted() {
        create("one");
        sent(Topics.INCUMBENTS);

        restart(10_000);
        Incumbent aside = incumbent();
        assertEquals(StudyStatus.PAUSED, aside.getStatus());
        assertEquals(2, aside.getAsked());
        assertTrue(aside.getReason().contains("set aside: the study would take up to"), aside.getReason());
        command("one", Action.RESUME, 0);
        put(Topics.FITNESS, "one", Messages.bytes(Messages.measured("one", 0, 1)));
        assertEquals(2, reasons().size());

        command("one", Action.STOP, 0);
        assertEquals(StudyStatus.STOPPED, incumbent().getStatus());
        restart(10_000);
        assertEquals(StudyStatus.STOPPED, incumbent().getStatus());
        put(Topics.STUDIES, "one", null);
        assertEquals(List.of(), sent(Topics.DEAD_LETTERS));
        assertTrue(!store.all().hasNext(), "the log is deleted");
    }

    @Test
    void aStudyThatWasSetAsideGoesOnWithMoreMemory() {
        create("one");
        restart(10_000);
        restart(10_000_000);
        sent(Topics.INCUMBENTS);
        put(Topics.FITNESS, "one", Messages.bytes(Messages.measured("one", 0, 1)));
        assertEquals(1, incumbent().getTold());
    }

    @Test
    void longReasonsDoNotFillTheMemory() {
        create("one");
        String reason = "r".repeat(1_000);
        for (int i = 0; i < 100; i++) {
            put(
                    Topics.FITNESS,
                    "one",
                    Messages.bytes(i == 0 ? Messages.measured("one", i, 1) : Messages.failed("one", i, reason)));
        }
        long bytes = 0;
        for (byte[] value : sent(Topics.TRIALS)) {
            bytes += value.length;
        }
        assertTrue(bytes < 2 * Specs.memory(Messages.spec("one", 100, 2)).logBytes(), bytes + " bytes");
    }

    /** A study that ran before may exceed the budget. */
    @Test
    void aRefusalNamesNoNegativeRest() {
        HeapBudget exceeded = new HeapBudget(150);
        exceeded.takeAnyway(158);
        String refusal = exceeded.refusal(Specs.memory(Messages.spec("one", 100, 2)));
        assertTrue(refusal.contains("but only 0 bytes of the optimizer's 150 bytes"), refusal);
    }
}
