package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Failure;
import io.afterlearner.optimizer.core.Limits;
import io.afterlearner.schemas.BrokenGuardrail;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.FailureKind;
import io.afterlearner.schemas.FailureText;
import io.afterlearner.schemas.TrialEvent;
import org.jspecify.annotations.Nullable;

/**
 * A failure as records carry it.
 *
 * @param cause null in records of older versions
 * @param reason the evaluator's text; null if the cause says everything
 */
record RecordedFailure(
        @Nullable FailureCause cause, @Nullable String reason) implements Failure {

    static final Maker OWN = new Maker() {
        @Override
        public Failure expired(long waitMillis, String pool) {
            return of(FailureCause.newBuilder()
                    .setKind(FailureKind.EXPIRED)
                    .setMillis(waitMillis)
                    .setPool(pool));
        }

        @Override
        public Failure unanswered(long heldMillis) {
            return of(FailureCause.newBuilder().setKind(FailureKind.TIMEOUT).setMillis(heldMillis));
        }

        @Override
        public Failure lossNotFinite(double loss) {
            return of(FailureCause.newBuilder()
                    .setKind(FailureKind.LOSS_NOT_FINITE)
                    .setLoss(loss));
        }

        @Override
        public Failure studyStopped() {
            return of(FailureCause.newBuilder().setKind(FailureKind.STUDY_STOPPED));
        }

        private Failure of(FailureCause.Builder cause) {
            return new RecordedFailure(cause.build(), null);
        }
    };

    /** Returns the failure that an evaluator sent, its texts cut to their limits. */
    static RecordedFailure of(Failed failed) {
        String reason = failed.getReason();
        return new RecordedFailure(bounded(failed.getCause()), reason == null ? null : Limits.reason(reason));
    }

    /** Returns the failure of a FAILED or EXPIRED event. */
    static RecordedFailure of(TrialEvent event) {
        return new RecordedFailure(event.getCause(), event.getReason());
    }

    /** Returns the typed cause of a failure; null if there is none. */
    static @Nullable FailureCause cause(@Nullable Failure failure) {
        return failure instanceof RecordedFailure recorded ? recorded.cause() : null;
    }

    @Override
    public String text() {
        return FailureText.of(cause, reason);
    }

    private static @Nullable FailureCause bounded(@Nullable FailureCause cause) {
        if (cause == null) {
            return null;
        }
        FailureCause.Builder bounded = FailureCause.newBuilder(cause);
        BrokenGuardrail guardrail = cause.getGuardrail();
        if (guardrail != null) {
            bounded.setGuardrail(BrokenGuardrail.newBuilder(guardrail)
                    .setMetric(Limits.name(guardrail.getMetric()))
                    .build());
        }
        return bounded.setPool(cause.getPool() == null ? null : Limits.name(cause.getPool()))
                .build();
    }
}
