package io.afterlearner.demo.world;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.judge.Pace;
import io.afterlearner.feedback.core.metric.Metric;
import java.util.List;

/**
 * Two parameters, and what they change.
 *
 * @param lift relative gain of the best candidate; 0: all candidates are like the shipped model
 */
record Plane(double lift) {
    private static final double[] BEST = {0.5, -0.4};
    private static final int SLOTS = 4;

    static Space space() {
        return new Space(List.of(
                new Parameter.Real("x", -1, 1, false, 0, Double.NaN),
                new Parameter.Real("y", -1, 1, false, 0, Double.NaN)));
    }

    /** The true relative gain of a candidate. */
    double effect(double[] values) {
        double far = 0;
        double shipped = 0;
        for (int i = 0; i < BEST.length; i++) {
            far += (values[i] - BEST[i]) * (values[i] - BEST[i]);
            shipped += BEST[i] * BEST[i];
        }
        return Math.max(-0.9, lift * (1 - far / shipped));
    }

    /** A study without guardrails and limits. */
    static JudgingPlan plan(Metric metric, int budget, long windowMillis, int exposures, Pace pace) {
        return new JudgingPlan(
                List.of(0.0, 0.0),
                0.2,
                0.4,
                SLOTS,
                budget,
                metric,
                List.of(),
                windowMillis,
                0,
                exposures,
                0.95,
                false,
                0,
                0,
                pace);
    }
}
