package io.afterlearner.report;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluation.loss.Scorer.BoundedMean;
import io.afterlearner.report.result.Bound;
import org.junit.jupiter.api.Test;

class BoundTest {
    private static final BoundedMean LOSS = new BoundedMean(0, 1, 1_000);

    @Test
    void theReasonStatesTheBoundAndItsAssumptions() {
        Bound bound = Bound.of(LOSS, 0.1, 300, 50);
        assertTrue(bound.excess() != null && bound.excess() < 0.18, bound.toString());
        assertTrue(bound.reason().contains("1000 independent search examples"), bound.reason());
        assertTrue(bound.reason().contains("50 nats"), bound.reason());
        assertTrue(bound.reason().contains("did not depend on the examples"), bound.reason());
    }

    @Test
    void aSearchThatLearnedNothingMentionsNoLearning() {
        assertTrue(!Bound.of(LOSS, 0.1, 300, 0).reason().contains("nats"));
    }

    @Test
    void aUselessBoundStatesHowManyExamplesWouldBeEnough() {
        Bound bound = Bound.of(LOSS, 0.1, 300, 3_000);
        assertNull(bound.excess());
        assertTrue(bound.reason().contains("about 24,076 search examples"), bound.reason());
        Bound enough = Bound.of(new BoundedMean(0, 1, 24_076), 0.5, 300, 3_000);
        assertTrue(enough.excess() != null && enough.excess() <= 0.25 && enough.excess() > 0.2, enough.toString());
    }

    @Test
    void anOptimizerWithoutABoundIsNamedTogetherWithThoseThatHaveOne() {
        Bound bound = Bound.unlimited("TrustRegion");
        assertNull(bound.excess());
        assertTrue(bound.reason().contains("TrustRegion") && bound.reason().contains("DiscreteOnePlusOne"));
    }
}
