package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Limits;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.BrokenGuardrail;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.TrialEvent;
import org.junit.jupiter.api.Test;

class RecordedFailureTest {

    @Test
    void aCauseSurvivesTheLogWithItsFigures() {
        FailureCause cause = guardrail("latency");
        Event.Failed event = new Event.Failed(5, 1, RecordedFailure.of(new Failed(null, cause)), "feedback", 7);

        TrialEvent written = Events.record("s", 3, event);

        assertEquals(cause, written.getCause());
        assertEquals(event, Events.event(Messages.decode(TrialEvent.class, Messages.bytes(written))));
    }

    @Test
    void anExpiredCandidateCarriesTheTimeoutAndThePool() {
        Event.Expired event = new Event.Expired(5, 1, RecordedFailure.OWN.expired(60_000, "gpu"));

        FailureCause cause = Events.record("s", 3, event).getCause();

        assertEquals(FailureKind.EXPIRED, cause.getKind());
        assertEquals(60_000, cause.getMillis());
        assertEquals("gpu", cause.getPool());
    }

    @Test
    void aReasonIsOneLineOfLimitedLength() {
        String reason = RecordedFailure.of(new Failed("a\r\nb\u0000" + "x".repeat(5_000), null))
                .text();

        assertTrue(reason.startsWith("a b x"), reason);
        assertEquals(Limits.MOST_REASON_CHARACTERS - 1, reason.length(), 2);
    }

    @Test
    void namesInACauseAreCutToTheirLimit() {
        FailureCause kept = RecordedFailure.of(new Failed(null, guardrail("x".repeat(100_000))))
                .cause();

        assertEquals(
                Limits.MOST_NAME_CHARACTERS, kept.getGuardrail().getMetric().length());
    }

    private static FailureCause guardrail(String metric) {
        return FailureCause.newBuilder()
                .setKind(FailureKind.GUARDRAIL)
                .setGuardrail(new BrokenGuardrail(metric, Aggregate.P95, Goal.MINIMIZE, 1.31, 1.0, 1.05, 400L, 800L))
                .build();
    }
}
