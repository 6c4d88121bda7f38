package io.afterlearner.evaluator.scoring;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.DataException.Subject;
import io.afterlearner.evaluation.score.UnscorableException;
import io.afterlearner.evaluator.core.Reasons;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.FailureKind;
import java.util.Locale;

/** Why a candidate has no loss, as its fitness says it. */
public final class Failures {
    private Failures() {}

    /** The candidate's study did not become known within this time. */
    public static Failed studyUnknown(long waitedMillis) {
        return timed(FailureKind.STUDY_UNKNOWN, waitedMillis);
    }

    /** @param reason one line */
    public static Failed unexpected(String reason) {
        return new Failed(reason, cause(FailureKind.UNEXPECTED_ERROR));
    }

    static Failed timeout(long spentMillis) {
        return timed(FailureKind.TIMEOUT, spentMillis);
    }

    private static Failed timed(FailureKind kind, long millis) {
        return new Failed(
                null, FailureCause.newBuilder().setKind(kind).setMillis(millis).build());
    }

    static Failed outOfMemory() {
        return new Failed(null, cause(FailureKind.OUT_OF_MEMORY));
    }

    static Failed of(RuntimeException e) {
        return new Failed(reason(e), cause(kind(e)));
    }

    private static FailureCause cause(FailureKind kind) {
        return FailureCause.newBuilder().setKind(kind).build();
    }

    private static FailureKind kind(RuntimeException e) {
        if (e instanceof DataException data) {
            return data.subject() == Subject.MODEL ? FailureKind.BAD_MODEL : FailureKind.BAD_DATA;
        }
        if (e instanceof AlephException) {
            return FailureKind.BAD_MODEL;
        }
        return e instanceof UnscorableException ? FailureKind.BAD_OUTPUT : FailureKind.UNEXPECTED_ERROR;
    }

    /** Whether the message is written for the user; any other exception is a bug. */
    static boolean isExpected(RuntimeException e) {
        return kind(e) != FailureKind.UNEXPECTED_ERROR;
    }

    static String reason(RuntimeException e) {
        if (e instanceof DataException data) {
            return Reasons.oneLine(data.subject().name().toLowerCase(Locale.ROOT) + ": " + e.getMessage());
        }
        return isExpected(e) ? Reasons.oneLine(e.getMessage()) : Reasons.unforeseen(e);
    }
}
