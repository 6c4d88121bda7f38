package io.afterlearner.optimizer.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The timeout of a candidate runs from when an evaluator takes it; waiting for an evaluator has a limit of its own. */
class ClaimTest {
    private static final long BEGIN = 1;

    private final TestStudy study = TestStudy.study(100, 2);
    private final long heldMillis = study.state.plan().heldMillis();

    /** Candidates 1 and 2 are outstanding since the beginning. */
    @BeforeEach
    void measureCandidate0() {
        study.tell(0, 1);
        assertEquals(List.of(1L, 2L), study.outstanding());
    }

    private List<Long> expired() {
        return study.all(Event.Expired.class).stream()
                .map(Event.Expired::number)
                .toList();
    }

    @Test
    void aCandidateThatNobodyHasTakenWaitsLongerThanTheTimeout() {
        study.tickAt(BEGIN + TestStudy.WAIT_MILLIS - 1);
        assertEquals(List.of(), expired());
        study.tickAt(BEGIN + TestStudy.WAIT_MILLIS);
        assertEquals(List.of(1L, 2L), expired());
        Failure why = study.all(Event.Expired.class).get(0).failure();
        assertEquals("expired after " + TestStudy.WAIT_MILLIS + " ms in pool default", why.text());
    }

    @Test
    void theTimeoutRunsFromWhenAnEvaluatorTakesTheCandidate() {
        study.nowMillis = BEGIN + TestStudy.WAIT_MILLIS - 5;
        study.take(2, "a", 1);
        long taken = study.nowMillis;
        assertEquals(1, study.standing().held());
        study.tickAt(BEGIN + TestStudy.WAIT_MILLIS);
        assertEquals(List.of(1L), expired(), "nobody took candidate 1");
        study.tickAt(taken + heldMillis - 1);
        assertFalse(expired().contains(2L));
        study.tickAt(taken + heldMillis);
        Event.Expired last = study.all(Event.Expired.class).stream()
                .filter(event -> event.number() == 2)
                .findFirst()
                .orElseThrow();
        assertEquals("no answer after " + heldMillis + " ms", last.failure().text());
    }

    /** Kafka redelivers after the lease, at most 60 s by its brokers' default. */
    @Test
    void theGraceIsLongerThanTheLeaseOfAKilledEvaluator() {
        assertTrue(heldMillis > TestStudy.TIMEOUT_MILLIS + 60_000);
    }

    @Test
    void aRedeliveryMovesTheExpiry() {
        study.take(1, "killed", 1);
        study.nowMillis += heldMillis - 1;
        study.take(1, "other", 2);
        study.tickAt(BEGIN + heldMillis);
        assertTrue(study.outstanding().contains(1L));
        study.tickAt(BEGIN + heldMillis - 1 + heldMillis);
        assertTrue(expired().contains(1L));
    }

    @Test
    void aCandidateThatIsGivenBackWaitsAnew() {
        study.take(1, "a", 1);
        study.nowMillis += 5_000;
        study.giveBack(1, "a", 1);
        assertEquals(0, study.standing().held());
        study.tickAt(BEGIN + 5_000 + TestStudy.WAIT_MILLIS - 1);
        assertEquals(List.of(2L), expired());
        study.tickAt(BEGIN + 5_000 + TestStudy.WAIT_MILLIS);
        assertTrue(expired().contains(1L));
    }

    @Test
    void whatAnEarlierHolderSaysChangesNothing() {
        study.take(1, "killed", 1);
        study.take(1, "other", 2);
        int events = study.log.size();
        study.giveBack(1, "killed", 1);
        study.take(1, "killed", 1);
        study.take(1, "other", 2);
        assertEquals(events, study.log.size());
        assertEquals(1, study.standing().held());
    }

    @Test
    void claimsOfWhatIsNotOutstandingAreIgnored() {
        Standing before = study.standing();
        study.take(0, "a", 1);
        study.take(99, "a", 1);
        study.take(-1, "a", 1);
        study.giveBack(1, "a", 1);
        assertEquals(before, study.standing());
    }

    @Test
    void anEvaluatorThatClaimsForEverKeepsNoCandidateForEver() {
        long most = TestStudy.WAIT_MILLIS + Claims.MAX_TAKEN * (heldMillis + TestStudy.WAIT_MILLIS);
        for (int delivery = 1; study.outstanding().contains(1L); delivery++) {
            study.take(1, "liar", delivery);
            study.tickAt(study.nowMillis + TestStudy.WAIT_MILLIS / 2);
            study.giveBack(1, "liar", delivery);
            assertTrue(study.nowMillis <= BEGIN + most, "still outstanding at " + study.nowMillis);
        }
        assertTrue(expired().contains(1L));
    }

    @Test
    void usersTakeNoCandidatesOfAnOnlineStudy() {
        TestStudy online = new TestStudy(TestStudy.online(TestStudy.plan("OnePlusOne", 10, 2, 1)));
        int events = online.log.size();
        online.take(0, "a", 1);
        assertEquals(events, online.log.size());
    }

    @Test
    void aReplayHasTheSameDeadlines() {
        study.take(2, "a", 1);
        study.nowMillis += 10;
        study.take(1, "b", 1);
        study.nowMillis += 10;
        study.giveBack(1, "b", 1);
        assertEquals(deadlines(study.state), deadlines(study.replayed()));
        assertEquals(TestStudy.seen(study.state), TestStudy.seen(study.replayed()));
    }

    private static List<String> deadlines(StudyState state) {
        return state.outstanding.due(Long.MAX_VALUE).stream()
                .map(one -> one.number() + " " + one.deadlineMillis() + " " + one.claims())
                .toList();
    }

    @Test
    void theOldestCandidateIsTheFirstAskedWhoeverHoldsIt() {
        study.nowMillis = 500;
        study.take(1, "a", 1);
        study.tell(2, 1);
        assertEquals(BEGIN, study.state.oldestAskedMillis());
        assertEquals(499, study.state.outstandingMillis(1, 500));
        assertEquals(0, study.state.outstandingMillis(3, 500));
    }
}
