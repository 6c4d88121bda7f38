package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class VerdictsTest {
    private final VerdictAnswer verdict = Samples.verdictAnswer();

    private VerdictAnswer failed(String reason) {
        return VerdictAnswer.newBuilder(verdict)
                .setOutcome(new Failed(reason, null))
                .build();
    }

    private VerdictAnswer by(String evaluator) {
        return VerdictAnswer.newBuilder(verdict)
                .setProvenance(Provenance.newBuilder(verdict.getProvenance())
                        .setEvaluator(evaluator)
                        .build())
                .build();
    }

    @Test
    void theFirstVerdictCountsAndAFailureOnlyUntilThen() {
        assertEquals(by("one"), Verdicts.counting(by("one"), by("two")));
        assertEquals(by("one"), Verdicts.counting(by("one"), failed("late")));
        assertEquals(by("two"), Verdicts.counting(failed("early"), by("two")));
        assertEquals(failed("second"), Verdicts.counting(failed("first"), failed("second")));
    }

    @Test
    void aRequestIsForOneIncarnationAndOneCandidate() {
        StudySpec spec = Samples.spec();
        VerdictRequest request = Verdicts.request(spec, 7, Samples.candidate().getValues(), 1);
        StudySpec again = StudySpec.newBuilder(spec).setIncarnation(43).build();

        assertEquals(Verdicts.key(verdict), Verdicts.key(request));
        assertNotEquals(Verdicts.key(request), Verdicts.key(Verdicts.request(again, 7, request.getValues(), 1)));
        assertNotEquals(Verdicts.key(request), Verdicts.key(Verdicts.request(spec, 8, request.getValues(), 1)));
        assertEquals(Duration.ofMinutes(11).toMillis(), request.getLimitMillis());
    }
}
