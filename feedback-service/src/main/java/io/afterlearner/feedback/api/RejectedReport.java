package io.afterlearner.feedback.api;

import io.afterlearner.feedback.api.FeedbackResource.Refused;
import org.jspecify.annotations.Nullable;

/** Why a report is rejected. The message is one line: what is wrong and how to fix it. */
final class RejectedReport extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final @Nullable String field;
    private final int retryAfterSeconds;

    /** @param field null if the whole report is wrong */
    RejectedReport(int status, @Nullable String field, String detail) {
        this(status, field, detail, 0);
    }

    RejectedReport(int status, @Nullable String field, String detail, int retryAfterSeconds) {
        super(detail, null, false, false);
        this.status = status;
        this.field = field;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    Refused at(int index) {
        return new Refused(index, status, field, String.valueOf(getMessage()));
    }

    /** 0 if waiting does not help. */
    int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
