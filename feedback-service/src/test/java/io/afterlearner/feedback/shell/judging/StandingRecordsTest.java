package io.afterlearner.feedback.shell.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.core.judge.Hold;
import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.core.judge.Judge;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.judging.StudyRegistry.Entry;
import io.afterlearner.feedback.shell.judging.StudyRegistry.JudgedStudy;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Standing;
import io.afterlearner.schemas.StandingHold;
import io.afterlearner.schemas.StudySpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StandingRecordsTest {
    private static final long NOW = 1_790_000_000_000L;
    private static final StudySpec SPEC = Specs.study("s", 1_000, 10, List.of());
    private static final int MAX_BYTES = 64 << 10;

    private static Entry entry(StudySpec spec, List<Input> inputs) {
        OnlineStudy study = OnlineStudy.of(spec).orElseThrow();
        OnlineState state =
                Judge.begin(JudgingPlans.plan(spec, study.online()), 1).state();
        for (Input input : inputs) {
            state = Judge.step(state, input).state();
        }
        return new Entry(study, new JudgedStudy(state, "salt", List.of()));
    }

    private static Standing written(Entry entry, long nowMillis) {
        return StandingRecords.next(entry, null, null, nowMillis).orElseThrow();
    }

    @Test
    void everyHoldHasASymbol() {
        assertEquals(
                Arrays.stream(Hold.values()).map(Hold::name).toList(),
                Arrays.stream(StandingHold.values())
                        .map(StandingHold::name)
                        .filter(name -> !name.equals("UNKNOWN"))
                        .toList());
    }

    @Test
    void aStoppedStudyIsNotWrittenAgain() {
        Entry stopped = entry(SPEC, List.of(new Input.Command(2, "ann", Input.Action.STOP)));
        Standing last = written(stopped, NOW);
        assertEquals(StandingHold.STOPPED, last.getHold());

        assertTrue(StandingRecords.next(stopped, last, last, NOW + 86_400_000).isEmpty());
        assertTrue(StandingRecords.next(stopped, null, last, NOW + 86_400_000).isPresent());
    }

    /** The clock may have been turned back since, also by more than the time between two records. */
    @Test
    void whoTakesAStudyOverWritesWhatIsNewerThanAnythingOnTheTopic() {
        Entry entry = entry(SPEC, List.of());
        Standing before = written(entry, NOW);
        for (long now : List.of(NOW - 3_600_000, NOW, NOW + 1)) {
            Standing after = StandingRecords.next(entry, null, before, now).orElseThrow();
            assertTrue(StandingRecords.isNewer(after, before), "at " + (now - NOW));
            assertEquals(now, after.getAsOfMillis());
        }
    }

    /** Its clock goes on, but its records count from when it took the study over. */
    @Test
    void whatAnInstanceWritesThatLostTheStudyIsOlder() {
        Entry entry = entry(SPEC, List.of());
        Standing first = written(entry, NOW);
        long lost = NOW + 60_000;
        Standing judging = written(entry, lost);
        Standing stale = StandingRecords.next(entry, first, null, lost + 30_000).orElseThrow();

        assertTrue(stale.getAsOfMillis() > judging.getAsOfMillis());
        assertSame(judging, StandingTopic.newer(judging, stale));
        assertSame(judging, StandingTopic.newer(stale, judging));
    }

    @Test
    void theFirstRecordOfANewIncarnationCountsWhateverItsRevision() {
        Standing old = written(entry(SPEC, List.of()), NOW);
        StudySpec later = StudySpec.newBuilder(SPEC).setIncarnation(9).build();
        Standing created = written(entry(later, List.of()), NOW - 3_600_000);
        assertSame(created, StandingTopic.newer(old, created));
    }

    @Test
    void revisionsMayWrapAround() {
        Standing last = Standing.newBuilder(written(entry(SPEC, List.of()), NOW))
                .setRevision(Long.MAX_VALUE)
                .build();
        Standing next = Standing.newBuilder(last).setRevision(Long.MIN_VALUE).build();
        assertTrue(StandingRecords.isNewer(next, last));
        assertFalse(StandingRecords.isNewer(last, next));
    }

    @Test
    void aStandingHasALimitAndSaysWhatItLeavesOut() {
        int slots = StandingRecords.MAX_TRIALS + 500;
        StudySpec wide = StudySpec.newBuilder(SPEC)
                .setOptimizer(OptimizerSpec.newBuilder(SPEC.getOptimizer())
                        .setParallelism(slots)
                        .build())
                .build();
        List<Input> asked = LongStream.rangeClosed(1, slots)
                .<Input>mapToObj(number -> new Input.Arrived(2, number, List.of(0.5), Long.MAX_VALUE / 2))
                .toList();
        Entry entry = entry(wide, asked);
        assertEquals(slots, entry.judged().state().trials().size());

        Standing standing = written(entry, NOW);

        assertEquals(StandingRecords.MAX_TRIALS, standing.getTrials().size());
        assertEquals(500, standing.getMoreTrials());
        // Each null may become a number of 8 bytes, and each number may become larger.
        int bytes = Codec.of(Standing.class).encode(standing).length
                + standing.getTrials().size() * (4 * Double.BYTES + 2 * 4);
        assertTrue(bytes < MAX_BYTES, bytes + " bytes");
    }
}
