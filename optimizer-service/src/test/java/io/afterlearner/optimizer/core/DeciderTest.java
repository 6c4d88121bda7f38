package io.afterlearner.optimizer.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeciderTest {

    @Test
    void aStudyStartsWithTheShippedModelAndFillsItsParallelism() {
        TestStudy study = TestStudy.study(10, 3);

        assertEquals(1, study.all(Event.Change.CREATED).size());
        assertEquals(List.of(0L, 1L, 2L), study.outstanding());
        assertArrayEquals(new double[3], study.valuesOf(0));
    }

    @Test
    void aFitnessMakesRoomForOneCandidate() {
        TestStudy study = TestStudy.study(10, 3);

        study.tell(1, 0.5);

        assertEquals(List.of(0L, 2L, 3L), study.outstanding());
        assertEquals(1, study.standing().told());
    }

    @Test
    void aSecondFitnessIsCountedAndNeverTold() {
        TestStudy study = TestStudy.study(10, 2);
        study.tell(0, 0.5);

        assertEquals(new Decision.Ignored(Decision.Kind.DUPLICATE), study.tell(0, 0.1));

        assertEquals(1, study.standing().bookkeeping().duplicate());
        assertEquals(1, study.all(Event.Told.class).size());
        assertEquals(0.5, study.standing().loss());
    }

    @Test
    void aFitnessForAFailedCandidateIsADuplicate() {
        TestStudy study = TestStudy.study(10, 2);
        study.fail(1, "no");

        assertEquals(new Decision.Ignored(Decision.Kind.DUPLICATE), study.tell(1, 0.1));
    }

    @Test
    void aFitnessForAnExpiredCandidateIsLate() {
        TestStudy study = TestStudy.study(10, 2);
        study.tell(0, 0.5);
        study.tickAt(1 + TestStudy.WAIT_MILLIS);

        assertEquals(new Decision.Ignored(Decision.Kind.LATE), study.tell(1, 0.1));
        assertEquals(1, study.standing().bookkeeping().late());
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 2, 10, Long.MIN_VALUE, Long.MAX_VALUE})
    void aFitnessForWhatWasNeverAskedIsUnknown(long number) {
        TestStudy study = TestStudy.study(10, 2);

        assertEquals(new Decision.Ignored(Decision.Kind.UNKNOWN), study.tell(number, 0.1));
        assertEquals(1, study.standing().bookkeeping().unknown());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aLossThatIsNoNumberIsAFailureWithAReason(double loss) {
        TestStudy study = TestStudy.study(10, 2);

        study.tell(1, loss);

        Event.Failed failed = study.all(Event.Failed.class).get(0);
        assertEquals(1, failed.number());
        assertEquals(new TextFailure("loss " + loss), failed.failure());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aStandardErrorThatIsNoneIsUnknown(double standardError) {
        TestStudy study = TestStudy.study(10, 2);

        Decider.drive(study.state, new Input.Measured(2, 0, 0.5, standardError, 1, "e", 1), study.log::add);

        assertEquals(1, study.standing().told());
        assertEquals(null, study.standing().standardError());
    }

    @Test
    void onlyCandidatesPastTheirDeadlineExpire() {
        TestStudy study = TestStudy.study(10, 2);
        study.nowMillis = 500;
        study.tell(0, 0.5);

        study.tickAt(TestStudy.WAIT_MILLIS);
        assertEquals(List.of(1L, 2L), study.outstanding());

        study.tickAt(TestStudy.WAIT_MILLIS + 1);
        assertEquals(List.of(2L, 3L), study.outstanding());
        assertEquals(1, study.standing().expired());
    }

    @Test
    void aClockThatGoesBackDoesNotMoveEventsBack() {
        TestStudy study = TestStudy.study(10, 1);
        study.nowMillis = 500;
        study.tell(0, 0.5);
        study.nowMillis = 200;
        study.tell(1, 0.5);

        List<Long> times = study.log.stream().map(Event::atMillis).toList();
        assertEquals(times.stream().sorted().toList(), times);
    }

    @Test
    void aStudyFinishesWhenItsWholeBudgetIsAskedAndSettled() {
        TestStudy study = TestStudy.study(3, 2);
        study.tell(0, 3);
        study.tell(1, 2);
        assertEquals(Status.RUNNING, study.standing().status());

        study.tell(2, 1);

        assertEquals(Status.FINISHED, study.standing().status());
        assertEquals(2, study.standing().number());
        assertEquals(List.of(study.log.get(study.log.size() - 1)), study.all(Event.Change.FINISHED));
    }

    @Test
    void extendingReopensAFinishedStudy() {
        TestStudy study = TestStudy.study(1, 2);
        study.tell(0, 3);
        assertEquals(Status.FINISHED, study.standing().status());

        study.extend(3);

        assertEquals(Status.RUNNING, study.standing().status());
        assertEquals(List.of(1L, 2L), study.outstanding());
    }

    @Test
    void aPausedStudyAcceptsTellsButAsksNothingUntilResumed() {
        TestStudy study = TestStudy.study(10, 2);
        study.order(Input.Action.PAUSE);

        study.tell(0, 0.5);
        assertEquals(List.of(1L), study.outstanding());
        assertEquals(1, study.standing().told());

        study.order(Input.Action.RESUME);
        assertEquals(List.of(1L, 2L), study.outstanding());
    }

    @Test
    void aPausedStudyWithNothingLeftFinishes() {
        TestStudy study = TestStudy.study(2, 2);
        study.order(Input.Action.PAUSE);
        study.tell(0, 0.5);
        study.tell(1, 0.5);

        assertEquals(Status.FINISHED, study.standing().status());
    }

    @Test
    void stoppingSettlesAllOutstandingCandidates() {
        TestStudy study = TestStudy.study(10, 3);
        study.tell(0, 0.5);

        study.order(Input.Action.STOP);

        Standing now = study.standing();
        assertEquals(Status.STOPPED, now.status());
        assertEquals("stopped by op", now.reason());
        assertEquals(now.asked(), now.told() + now.expired());
        assertInstanceOf(Decision.Refused.class, study.order(Input.Action.RESUME));
    }

    @Test
    void theSameCommandTwiceActsOnce() {
        TestStudy study = TestStudy.study(10, 1);
        study.order("a", Input.Action.SUGGEST, 0, 0.1, 0.2, 0.3);
        study.order("a", Input.Action.SUGGEST, 0, 0.1, 0.2, 0.3);

        assertEquals(1, study.all(Event.Change.SUGGESTED).size());
    }

    @Test
    void theOldestCommandIdsAreDroppedFirst() {
        TestStudy study = TestStudy.study(10, 1);
        for (int i = 0; i < 3 * Limits.COMMANDS_REMEMBERED; i++) {
            study.order("c" + i, i % 2 == 0 ? Input.Action.PAUSE : Input.Action.RESUME, 0);
        }

        List<String> remembered = study.state.bookkeeping().commands();
        assertEquals(Limits.COMMANDS_REMEMBERED, remembered.size());
        assertEquals("c" + (3 * Limits.COMMANDS_REMEMBERED - 1), remembered.get(remembered.size() - 1));
    }

    @Test
    void aSuggestionIsAskedNext() {
        TestStudy study = TestStudy.study(10, 1);
        study.order("a", Input.Action.SUGGEST, 0, 0.1, 0.2, 0.3);

        study.tell(0, 0.5);

        assertArrayEquals(new double[] {0.1, 0.2, 0.3}, study.valuesOf(1));
    }

    @Test
    void aSuggestionOutsideTheSpaceIsRefusedWithItsName() {
        TestStudy study = TestStudy.study(10, 1);

        var refused = assertInstanceOf(Decision.Refused.class, study.order("a", Input.Action.SUGGEST, 0, 0.1, 7, 0.3));
        assertTrue(refused.reason().contains("x1"), refused.reason());
    }

    @Test
    void noCandidateWorseThanTheShippedModelIsRecommended() {
        TestStudy study = TestStudy.study(10, 3);
        study.tell(1, 0.4);
        assertEquals(0, study.standing().number(), "no candidate is better than an unmeasured baseline");

        study.tell(0, 0.3);
        assertEquals(0, study.standing().number());
        assertEquals(0.3, study.standing().loss());

        study.tell(2, 0.2);
        assertEquals(2, study.standing().number());
    }

    @Test
    void amongEqualLossesTheSmallestNumberIsRecommended() {
        TestStudy study = TestStudy.study(10, 4);
        study.tell(0, 0.3);
        study.tell(3, 0.2);
        study.tell(2, 0.2);
        assertEquals(2, study.standing().number());

        TestStudy even = TestStudy.study(10, 2);
        even.tell(0, 0.3);
        even.tell(1, 0.3);
        assertEquals(0, even.standing().number());
    }

    @Test
    void aStudyStopsWithAReasonIfTheShippedModelCannotBeMeasured() {
        TestStudy study = TestStudy.study(10, 3);

        study.fail(0, "no file /models/depth.onnx");

        Standing now = study.standing();
        assertEquals(Status.STOPPED, now.status());
        assertTrue(now.reason().contains("no file /models/depth.onnx"), now.reason());
        assertEquals(now.asked(), now.told() + now.failed() + now.expired());
    }

    @Test
    void aStudyStopsIfAllItsFirstCandidatesFail() {
        TestStudy study = TestStudy.study(100, 2);
        for (int n = 1; n < Limits.FAILURES_TO_BEGIN_WITH; n++) {
            study.fail(n, "broken");
        }
        assertEquals(Status.RUNNING, study.standing().status());

        study.fail(Limits.FAILURES_TO_BEGIN_WITH, "broken\nindeed");

        assertEquals(Status.STOPPED, study.standing().status());
        assertTrue(study.standing().reason().endsWith("broken indeed"));
    }
}
