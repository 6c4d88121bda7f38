package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.optimizer.core.Decider;
import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Input;
import io.afterlearner.optimizer.core.Limits;
import io.afterlearner.optimizer.core.StudyState;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.BrokenGuardrail;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordedFailureTest {

    @Test
    void aCauseSurvivesTheLogWithItsFigures() {
        FailureCause cause = guardrail("latency");
        Event.Failed event = new Event.Failed(5, 1, RecordedFailure.of(new Failed(null, cause)), "feedback", 7);

        TrialEvent written = Events.record("s", 0, 3, event);

        assertEquals(cause, written.getCause());
        assertEquals(event, Events.event(Messages.decode(TrialEvent.class, Messages.bytes(written))));
    }

    @Test
    void anExpiredCandidateCarriesTheTimeoutAndThePool() {
        Event.Expired event = new Event.Expired(5, 1, RecordedFailure.OWN.expired(60_000, "gpu"));

        FailureCause cause = Events.record("s", 0, 3, event).getCause();

        assertEquals(FailureKind.EXPIRED, cause.getKind());
        assertEquals(60_000, cause.getMillis());
        assertEquals("gpu", cause.getPool());
    }

    @Test
    void aStudyThatStopsBecauseOfAFailurePublishesItsCause() {
        StudySpec spec = Messages.spec("s", 10, 1);
        StudyState state = new StudyState(Specs.plan(spec), RecordedFailure.OWN);
        List<Event> events = new ArrayList<>();
        Decider.begin(state, null, 1, events::add);
        Input expired = new Input.Tick(1 + state.plan().waitMillis());

        Decider.drive(state, expired, events::add);

        TrialEvent stopped = Events.record("s", 0, 3, events.get(events.size() - 1));
        FailureCause cause = stopped.getCause();
        assertEquals(TrialEventType.STOPPED, stopped.getType());
        assertEquals(FailureKind.EXPIRED, cause.getKind());
        assertEquals(state.plan().waitMillis(), cause.getMillis());
        assertEquals(
                cause,
                IncumbentRecords.record(Messages.spec("s", 10, 1), state.standing())
                        .getCause());
        StudyState replayed = new StudyState(state.plan(), RecordedFailure.OWN);
        events.forEach(event -> replayed.apply(Events.event(Events.record("s", 0, 0, event))));
        assertEquals(state.standing(), replayed.standing());
    }

    @Test
    void aReasonIsOneLineOfLimitedLength() {
        String reason = RecordedFailure.of(new Failed("a\r\nb\u0000" + "x".repeat(5_000), null))
                .text();

        assertTrue(reason.startsWith("a b x"), reason);
        assertEquals(Limits.MAX_REASON_CHARACTERS - 1, reason.length(), 2);
    }

    @Test
    void namesInACauseAreCutToTheirLimit() {
        FailureCause kept = RecordedFailure.of(new Failed(null, guardrail("x".repeat(100_000))))
                .cause();

        assertEquals(Limits.MAX_NAME_CHARACTERS, kept.getGuardrail().getMetric().length());
    }

    private static FailureCause guardrail(String metric) {
        return FailureCause.newBuilder()
                .setKind(FailureKind.GUARDRAIL)
                .setGuardrail(new BrokenGuardrail(metric, Aggregate.P95, Goal.MINIMIZE, 1.31, 1.0, 1.05, 400L, 800L))
                .build();
    }
}
