package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.kafka.Out;
import io.afterlearner.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private final Backlog backlog = new Backlog();

    @Test
    void theCommitIsRequestedWithTheLastRecordOfAPoll() {
        MockProcessorContext<String, Out> context = new MockProcessorContext<>(new Properties());
        KeyValueStore<?, ?> store = StudyTask.store();
        store.init(context.getStateStoreContext(), store);
        context.setCurrentSystemTimeMs(1);
        context.setRecordMetadata(Topics.FITNESS, 0, 0);
        StudyProcessor processor = StudyTask.processor(backlog, HeapBudget.ofProcess());
        processor.init(context);

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
    void recordsOfAClosedTaskDoNotBlockTheCommit() {
        backlog.add(5);
        assertFalse(backlog.removeLast());
        backlog.forget();
        backlog.add(1);
        assertTrue(backlog.removeLast());
    }

    @Test
    void threadsCountSeparately() throws InterruptedException {
        Thread other = new Thread(() -> backlog.add(7));
        other.start();
        other.join();
        backlog.add(1);
        assertTrue(backlog.removeLast());
    }
}
