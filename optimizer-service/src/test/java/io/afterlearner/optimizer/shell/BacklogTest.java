package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Backlog backlog = new Backlog();
    private final MockProcessorContext<String, Out> context = new MockProcessorContext<>(new Properties());

    @Test
    void theCommitIsRequestedWithTheLastRecordOfAPoll() {
        StudyProcessor processor = started(1);
        context.setRecordMetadata(Topics.FITNESS, 0, 0);

        backlog.add(2);
        backlog.add(1);
        List<Boolean> committed = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processor.process(new Record<>("s", new byte[0], 0));
            committed.add(context.committed());
            context.resetCommit();
        }

        assertEquals(List.of(false, false, true, true), committed);
    }

    @Test
    void theCommitWaitsForTheIntervalWhileCandidatesQueue() {
        StudyProcessor processor = started(1_000);

        assertTrue(commits(processor, Topics.STUDIES, Messages.spec("s", 10, 4)), "a new study");
        context.setCurrentSystemTimeMs(1_100);
        assertTrue(commits(processor, Topics.FITNESS, told(0, 1)), "99 ms in the queue");
        context.setCurrentSystemTimeMs(1_101);
        assertFalse(commits(processor, Topics.FITNESS, told(1, 1)), "100 ms in the queue");
        assertTrue(commits(processor, Topics.FITNESS, told(2, 2)), "of 101 ms, 2 ms are the evaluation");
        assertTrue(commits(processor, Topics.FITNESS, told(2, 1)), "told before");
        assertTrue(commits(processor, Topics.FITNESS, told(3, 0)), "the duration is not known");
    }

    @Test
    void anUrgentRecordCommitsThoseBehindItToo() {
        StudyProcessor processor = started(1_000);
        commits(processor, Topics.STUDIES, Messages.spec("s", 10, 4));
        context.setCurrentSystemTimeMs(1_101);
        backlog.add(2);

        assertFalse(commits(processor, Topics.FITNESS, told(0, 2)), "not the last of its poll");
        assertTrue(commits(processor, Topics.FITNESS, told(1, 1)), "an urgent one came before");
    }

    private StudyProcessor started(long nowMillis) {
        KeyValueStore<?, ?> store = StudyTask.store();
        store.init(context.getStateStoreContext(), store);
        StudyProcessor processor = StudyTask.processor(backlog, HeapBudget.ofProcess());
        context.setCurrentSystemTimeMs(nowMillis);
        processor.init(context);
        return processor;
    }

    private boolean commits(StudyProcessor processor, String topic, SpecificRecord record) {
        context.setRecordMetadata(topic, 0, 0);
        context.resetCommit();
        processor.process(new Record<>("s", Messages.bytes(record), 0));
        return context.committed();
    }

    private static Fitness told(long number, long evaluationMillis) {
        Fitness told = Messages.measured("s", number, 1);
        return Fitness.newBuilder(told)
                .setProvenance(Provenance.newBuilder(told.getProvenance())
                        .setDurationMicros(evaluationMillis * 1000)
                        .build())
                .build();
    }

    @Test
    void recordsOfAClosedTaskDoNotBlockTheCommit() {
        backlog.add(5);
        assertFalse(backlog.processed(true));
        backlog.forget();
        backlog.add(1);
        assertTrue(backlog.processed(true));
    }

    @Test
    void anUrgentRecordOfOneTaskIsCommittedWithTheLastOfAnother() {
        backlog.add(2);
        assertFalse(backlog.processed(true));
        assertTrue(backlog.processed(false));
        backlog.add(1);
        assertFalse(backlog.processed(false), "nothing urgent since the commit");
    }

    @Test
    void threadsCountSeparately() throws InterruptedException {
        Thread other = new Thread(() -> backlog.add(7));
        other.start();
        other.join();
        backlog.add(1);
        assertTrue(backlog.processed(true));
    }
}
