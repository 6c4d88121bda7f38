package io.afterlearner.evaluator.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Ignored;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudyStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class StudyTimesTest {
    private static final Candidate CANDIDATE = new Candidate("s", 1L, List.of(0.5), 10_000L, 70_000L, 7L);

    private long nanos;
    private final StudyTimes times = new StudyTimes(() -> nanos);

    private static Incumbent at(long sequence, long atMillis) {
        return Incumbent.newBuilder()
                .setStudy("s")
                .setSequence(sequence)
                .setAtMillis(atMillis)
                .setStatus(StudyStatus.RUNNING)
                .setNumber(0)
                .setValues(List.of())
                .setBudget(9)
                .setAsked(1)
                .setTold(0)
                .setFailed(0)
                .setExpired(0)
                .setIgnored(new Ignored(0L, 0L, 0L))
                .setIncarnation(7)
                .build();
    }

    @Test
    void withoutNewsOfItsStudyACandidateWasAskedNow() {
        assertEquals(10_000, times.millis(CANDIDATE));
        times.heard("s", Incumbent.newBuilder(at(1, 99_000)).setIncarnation(6).build());
        assertEquals(10_000, times.millis(CANDIDATE));
    }

    @Test
    void timePassesSinceTheLatestNews() {
        times.heard("s", at(1, 20_000));
        nanos += 5_000_000_000L;
        assertEquals(25_000, times.millis(CANDIDATE));
    }

    /** The follower tells every study again when it reads the topic again. */
    @Test
    void theSameNewsAgainDoesNotTurnTheTimeBack() {
        times.heard("s", at(1, 20_000));
        nanos += 5_000_000_000L;
        times.heard("s", at(1, 20_000));
        assertEquals(25_000, times.millis(CANDIDATE));
        times.heard("s", at(2, 80_000));
        assertEquals(80_000, times.millis(CANDIDATE));
    }

    @Test
    void nothingIsKeptOfADeletedStudy() {
        times.heard("s", at(1, 20_000));
        times.heard("s", null);
        assertEquals(10_000, times.millis(CANDIDATE));
    }
}
