package io.afterlearner.evaluator.scoring;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.score.UnscorableException;
import io.afterlearner.evaluator.core.Reasons;
import java.util.Locale;

/** Why a candidate or a study cannot be scored, in words. */
final class Failures {
    private Failures() {}

    static String reason(RuntimeException e) {
        if (e instanceof DataException data) {
            return Reasons.oneLine(data.subject().name().toLowerCase(Locale.ROOT) + ": " + e.getMessage());
        }
        return isExpected(e) ? Reasons.oneLine(e.getMessage()) : Reasons.unforeseen(e);
    }

    /** Whether the message is written for the user: anything else is a bug. */
    static boolean isExpected(RuntimeException e) {
        return e instanceof DataException || e instanceof AlephException || e instanceof UnscorableException;
    }
}
