package io.afterlearner.evaluation.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluation.loss.Scorer;
import io.afterlearner.evaluation.score.Verdict.Outcome;
import io.afterlearner.evaluation.score.Verdict.Reason;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    /** A mean over examples of one number. */
    private static final Scorer MEAN = new Scorer() {
        @Override
        public int statistics() {
            return 1;
        }

        @Override
        public void score(double[] output, double[] target, double[] statistics) {
            statistics[0] = output[0];
        }

        @Override
        public double value(double[] sums, long examples) {
            return sums[0] / examples;
        }
    };

    private static Score score(int examples, IntToDoubleFunction loss) {
        return Score.of(MEAN, IntStream.range(0, examples).mapToDouble(loss).toArray());
    }

    private static Verdict verdict(int examples, IntToDoubleFunction before, IntToDoubleFunction after) {
        return Verdict.of(score(examples, before), score(examples, after), 0, 1);
    }

    private static double noise(int i) {
        return Worlds.normal(new SplittableRandom(i));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 29})
    void fewExamplesHaveNoInterval(int examples) {
        Verdict verdict = verdict(examples, i -> 2, i -> 1 + 0.01 * noise(i));
        assertEquals(Outcome.INCONCLUSIVE, verdict.outcome());
        assertEquals(Reason.TOO_FEW_EXAMPLES, verdict.reason());
        assertEquals(examples, verdict.examples());
        assertTrue(Double.isNaN(verdict.low()) && Double.isNaN(verdict.high()));
    }

    @Test
    void aGainAboveItsNoiseIsAnImprovementAndALossAboveItIsWorse() {
        Verdict better = verdict(30, i -> 2, i -> 1 + 0.5 * noise(i));
        assertEquals(Outcome.IMPROVED, better.outcome());
        assertEquals(Reason.SHOWN, better.reason());
        assertTrue(better.low() > 0.5 && better.high() < 1.5, better.toString());
        Verdict worse = verdict(30, i -> 1 + 0.5 * noise(i), i -> 2);
        assertEquals(Outcome.WORSE, worse.outcome());
        assertEquals(-better.high(), worse.low(), 0.1);
    }

    @Test
    void aGainWithinItsNoiseIsInconclusiveAndSaysWhatCouldBeShown() {
        Verdict verdict = verdict(100, i -> 2, i -> 2 - 0.05 + noise(i));
        assertEquals(Outcome.INCONCLUSIVE, verdict.outcome());
        assertEquals(Reason.NOT_SHOWN, verdict.reason());
        // About 2.8 standard errors of 0.1.
        assertEquals(0.28, verdict.smallestGain(), 0.06);
    }

    @Test
    void aGainBelowTheMinimumIsNone() {
        Score before = score(100, i -> 2);
        Score after = score(100, i -> 1.5 + 0.1 * noise(i));
        assertEquals(Outcome.IMPROVED, Verdict.of(before, after, 0.4, 1).outcome());
        assertEquals(Outcome.INCONCLUSIVE, Verdict.of(before, after, 0.6, 1).outcome());
        assertTrue(Verdict.of(before, after, 0.6, 1).smallestGain() > 0.6);
    }

    @Test
    void aDifferenceAtTheSizeOfRoundingIsNone() {
        Verdict same = verdict(200, i -> 0.25, i -> 0.25 - 3e-8);
        assertEquals(Outcome.INCONCLUSIVE, same.outcome());
        assertEquals(Reason.WITHIN_ROUNDING, same.reason());
        assertEquals(Outcome.INCONCLUSIVE, verdict(200, i -> 1, i -> 1).outcome());
        assertEquals(
                Outcome.INCONCLUSIVE,
                verdict(200, i -> 1, i -> 1 - 3e-8 * (1 + i % 2)).outcome());
    }

    @Test
    void winsAgainstLossesAreCounted() {
        assertEquals(
                Outcome.IMPROVED,
                verdict(30, i -> i < 10 ? 1 : 0, i -> i < 1 ? 1 : 0).outcome());
        assertEquals(
                Outcome.INCONCLUSIVE, verdict(30, i -> i < 4 ? 1 : 0, i -> 0).outcome());
        assertEquals(Outcome.IMPROVED, verdict(30, i -> 1, i -> 0).outcome());
    }

    @Test
    void manyExamplesAreWeighedInBlocks() {
        Verdict verdict = verdict(100_000, i -> 2, i -> 2 - 0.02 + noise(i));
        assertEquals(Outcome.IMPROVED, verdict.outcome(), verdict::toString);
        assertEquals(100_000, verdict.examples());
    }

    @Test
    void theSameSeedGivesTheSameVerdict() {
        assertEquals(verdict(50, i -> 2, i -> 2 + noise(i)), verdict(50, i -> 2, i -> 2 + noise(i)));
    }

    @Test
    void scoresOfOtherExamplesCannotBePaired() {
        Score two = score(2, i -> 1);
        Score three = score(3, i -> 1);
        assertThrows(IllegalArgumentException.class, () -> Verdict.of(two, three, 0, 1));
    }

    @Test
    void withoutATestSplitNothingIsShown() {
        assertEquals(Reason.NO_TEST_SPLIT, Verdict.untested(0).reason());
        assertEquals(Outcome.KEPT, Verdict.kept(0).outcome());
    }
}
