package io.afterlearner.local.cli.study;

import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.stack.Session;
import io.afterlearner.report.result.SplitResult;
import io.afterlearner.report.result.TestResult;
import io.afterlearner.report.words.VerdictText;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.VerdictAnswer;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the test split shows about a study that has ended, as the optimizer's API has it. */
final class VerdictFields {
    private VerdictFields() {}

    /** Adds {@code outcome} and {@code verdict}, null if there is no verdict. A study that runs or is online gets neither. */
    static Map<String, @Nullable Object> of(Session session, Studies.Known study, boolean json) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Incumbent end = study.latest();
        if (end == null || end.getBaselineLoss() == null || !study.isOver() || study.isOnline()) {
            return fields;
        }
        boolean tested = study.spec().getTest() != null;
        VerdictAnswer answer =
                tested ? session.topics().verdict(study.spec(), end.getNumber()).orElse(null) : null;
        TestResult test = tested && answer == null ? null : TestResult.of(study.spec(), end.getNumber(), answer);
        fields.put("outcome", test == null ? null : word(test.verdict()));
        fields.put(
                "verdict", test == null ? null : json ? data(test, end.getNumber()) : VerdictText.of(test.verdict()));
        return fields;
    }

    private static String word(Verdict verdict) {
        return verdict.outcome().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, @Nullable Object> data(TestResult test, long candidate) {
        Verdict verdict = test.verdict();
        SplitResult losses = test.losses();
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("outcome", word(verdict));
        data.put("reason", verdict.reason().name());
        data.put("failure", verdict.failure());
        data.put("candidate", candidate);
        data.put("low", finite(verdict.low()));
        data.put("high", finite(verdict.high()));
        data.put("smallestGain", finite(verdict.smallestGain()));
        data.put("minimumGain", verdict.minimumGain());
        data.put("examples", verdict.examples());
        data.put("shippedLoss", losses == null ? null : losses.baseline().value());
        data.put("candidateLoss", losses == null ? null : losses.candidate().value());
        return data;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
