package io.afterlearner.feedback.shell.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.core.judge.Judge;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.feedback.shell.Metered;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.StudiesInMemory;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Standing;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.TrialEvent;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A restart: another processor with the same stores. */
class RestartTest {
    private static final long NOW_MILLIS = 1_000_000;
    private static final StudySpec SPEC = Specs.study("s", 1_000, 10, List.of());

    private final MockProcessorContext<String, Out> context = new MockProcessorContext<>();
    private final StudiesInMemory studies = new StudiesInMemory();
    private Standings standings = new Standings();
    private JudgeProcessor processor = start();

    @BeforeEach
    void create() {
        studies.put(SPEC);
        send(Topics.STUDIES, Codec.of(StudySpec.class).encode(SPEC));
        ask(1);
    }

    private JudgeProcessor start() {
        if (context.getStateStore(StudyRegistry.STATES) == null) {
            context.setCurrentSystemTimeMs(NOW_MILLIS);
            JudgeProcessor.STORES.forEach(this::addStore);
        }
        JudgeProcessor started = new JudgeProcessor(
                studies, standings, Metered.unread(), new DeadLetters("feedback"), "test", Spans.off());
        started.init(context);
        return started;
    }

    private void addStore(String name) {
        KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
    }

    private void restart() {
        processor.close();
        standings = new Standings();
        processor = start();
        context.resetForwards();
    }

    private void send(String topic, byte @Nullable [] value) {
        context.setRecordMetadata(topic, 0, 0);
        processor.process(new Record<>("s", value, NOW_MILLIS));
    }

    private void ask(long number) {
        send(Topics.TRIALS, Codec.of(TrialEvent.class).encode(Specs.asked("s", number, 0.5)));
    }

    @Test
    void aStudyGoesOnWhereItWas() {
        restart();
        assertEquals(1, standings.of("s").orElseThrow().trials().size());

        ask(2);

        assertEquals(2, standings.of("s").orElseThrow().trials().size());
    }

    /** A tick changes the state in memory alone, unless it has an output. */
    @Test
    void aStandingTellsOnlyWhatARestartRestores() throws Exception {
        context.setCurrentSystemTimeMs(NOW_MILLIS + 1_000);
        context.scheduledPunctuators().forEach(due -> due.getPunctuator().punctuate(NOW_MILLIS + 1_000));
        Standing told = standing();
        OnlineState state = standings.of("s").orElseThrow();

        restart();

        assertEquals(state, standings.of("s").orElseThrow());
        standings.seen("s", told);
        // The clock was turned back.
        context.setCurrentSystemTimeMs(1);
        latestPunctuator().punctuate(1);
        Standing after = standing();
        assertTrue(StandingRecords.isNewer(after, told));
        assertEquals(told.getTrials(), after.getTrials());
    }

    /** The last one that was scheduled, which writes standings. */
    private Punctuator latestPunctuator() {
        var all = context.scheduledPunctuators();
        return all.get(all.size() - 1).getPunctuator();
    }

    private Standing standing() throws Exception {
        List<byte[]> sent = context.forwarded().stream()
                .map(forward -> forward.record().value())
                .filter(out -> out.topic().equals(Topics.STANDINGS))
                .map(Out::value)
                .toList();
        return Codec.of(Standing.class).decode(sent.get(sent.size() - 1));
    }

    /** The follower may not have read the tombstone yet. */
    @Test
    void aRecordAboutAStudyThatWasDeletedBeforeTheRestartDoesNotReviveIt() {
        send(Topics.STUDIES, null);
        restart();

        ask(2);

        assertEquals(List.of(), context.forwarded());
        assertTrue(standings.of("s").isEmpty());
    }

    @Test
    void theOldestDeletionsAreForgotten() {
        StudyRegistry registry = new StudyRegistry(context, standings);
        for (long i = 0; i <= StudyRegistry.MAX_DELETED; i++) {
            registry.add(named("study " + i));
            registry.delete("study " + i);
        }

        StudyRegistry restarted = new StudyRegistry(context, standings);

        assertFalse(restarted.isDeleted("study 0", 0));
        assertTrue(restarted.isDeleted("study 1", 0));
        assertFalse(restarted.isDeleted("study 1", 9));
        assertTrue(restarted.isDeleted("study " + StudyRegistry.MAX_DELETED, 0));
    }

    private static StudyRegistry.Entry named(String name) {
        OnlineStudy study = OnlineStudy.of(
                        StudySpec.newBuilder(SPEC).setStudy(name).build())
                .orElseThrow();
        Judge.Step step = Judge.begin(JudgingPlans.plan(study.spec(), study.online()), NOW_MILLIS);
        return new StudyRegistry.Entry(study, new StudyRegistry.JudgedStudy(step.state(), "salt", List.of()));
    }
}
