package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.services.StudyView;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** The figures of a status. Six digits are enough for a dashboard; result.json has all of them. */
final class Figures {
    private static final MathContext DIGITS = new MathContext(6);

    private Figures() {}

    static Observed.Figures of(StudyView view) {
        return new Observed.Figures(
                view.told() + "/" + view.budget(),
                view.budget(),
                view.asked(),
                view.told(),
                view.failed(),
                view.expired(),
                rounded(view.baselineLoss()),
                view.number(),
                rounded(view.loss()));
    }

    static Observed.@Nullable TestVerdict verdict(StudyView view) {
        StudyView.Verdict verdict = view.verdict();
        return verdict == null
                ? null
                : new Observed.TestVerdict(
                        verdict.outcome(),
                        verdict.reason(),
                        verdict.candidate(),
                        rounded(verdict.low()),
                        rounded(verdict.high()),
                        rounded(verdict.shippedLoss()),
                        rounded(verdict.candidateLoss()));
    }

    private static @Nullable Double rounded(@Nullable Double value) {
        return value == null || !Double.isFinite(value)
                ? null
                : (Double) new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
