package io.afterlearner.report.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.evaluation.score.Verdict.Outcome;
import io.afterlearner.evaluation.score.Verdict.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTextTest {
    private static Verdict verdict(Outcome outcome, Reason reason, int examples) {
        return new Verdict(outcome, reason, -0.1, 0.3, 0.28, 0, examples, "no space");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "KEPT | NOTHING_BETTER_FOUND | No candidate was better than the shipped model on the search split, so the"
                        + " shipped model is kept.",
                "IMPROVED | SHOWN | The best candidate is better on the test split, which the search never saw: its gain is"
                        + " −0.1000 to +0.3000 (95% interval).",
                "WORSE | SHOWN | The best candidate is worse on the test split, which the search never saw: its gain is −0.1000"
                        + " to +0.3000 (95% interval). The shipped model is kept.",
                "INCONCLUSIVE | NOT_SHOWN | No improvement is shown: the gain on the test split is −0.1000 to +0.3000 (95%"
                        + " interval), and the smallest gain that its 1 examples show in four of five cases is 0.2800. The"
                        + " shipped model is kept.",
                "INCONCLUSIVE | TOO_FEW_EXAMPLES | No improvement is shown: the test split has 1 example, and a"
                        + " verdict needs 30. The shipped model is kept.",
                "INCONCLUSIVE | NO_TEST_SPLIT | No improvement is shown: the study has no test split (data.test). The shipped model"
                        + " is kept.",
                "INCONCLUSIVE | NOT_SCORED | No improvement is shown: the test split could not be scored (no space). The"
                        + " shipped model is kept.",
            })
    void eachVerdictSaysWhatIsShownAndWhatToShip(Outcome outcome, Reason reason, String text) {
        assertEquals(text, VerdictText.of(verdict(outcome, reason, 1)));
    }

    @Test
    void aTestSplitIsStaleFromTheFifthVerdictOn() {
        assertEquals("", VerdictText.drawn(1));
        assertEquals(
                "This is verdict 4 from this test split on this machine; it is stale from verdict 5 on.",
                VerdictText.drawn(4));
        assertEquals(
                "This is verdict 5 from this test split on this machine. It is stale: from verdict 5 on, the chance that one"
                        + " of them is a false improvement exceeds 10 %. Use fresh examples.",
                VerdictText.drawn(5));
    }
}
