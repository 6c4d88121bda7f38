package io.afterlearner.feedback.core.judge;

import java.util.List;

/** What the judge decided, in order. */
public sealed interface Output {

    /** Calls the handler's method for this kind of output. */
    void handle(Handler handler);

    /** One method per kind, so that a new kind does not compile until it is handled. */
    interface Handler {
        void told(Told output);

        void failed(Failed output);

        void armsChanged(ArmsChanged output);

        void audit(Audit output);

        void centre(Centre output);

        void reopen(Reopen output);

        void alarm(Alarm output);
    }

    /**
     * A candidate was measured.
     *
     * @param loss how much worse than control over the same time, in the metric's unit; negative is better. At least 0 if
     *     the candidate measured outside a guardrail, because such a gain cannot be used
     * @param examples number of values behind it
     */
    record Told(long number, double loss, double standardError, long examples) implements Output {
        @Override
        public void handle(Handler handler) {
            handler.told(this);
        }
    }

    /** A candidate has no fitness, or must not be used. */
    record Failed(long number, Reason.Failure reason) implements Output {
        @Override
        public void handle(Handler handler) {
            handler.failed(this);
        }
    }

    /** Units are served differently from now on. */
    record ArmsChanged(String by, List<Reason> reasons, Serving serving) implements Output {
        public ArmsChanged {
            reasons = List.copyOf(reasons);
        }

        @Override
        public void handle(Handler handler) {
            handler.armsChanged(this);
        }
    }

    /**
     * An entry of the audit log.
     *
     * @param from champion before
     * @param to champion after; for PROPOSE and REJECT, the candidate in question
     */
    record Audit(String by, Action action, Reason reason, ArmValues from, ArmValues to) implements Output {
        @Override
        public void handle(Handler handler) {
            handler.audit(this);
        }
    }

    /** The optimizer should search near these values. */
    record Centre(List<Double> values) implements Output {
        @Override
        public void handle(Handler handler) {
            handler.centre(this);
        }
    }

    /** The fitness that the optimizer was told no longer holds. */
    record Reopen(Reason reason) implements Output {
        @Override
        public void handle(Handler handler) {
            handler.reopen(this);
        }
    }

    /** A person should look. */
    record Alarm(Reason reason) implements Output {
        @Override
        public void handle(Handler handler) {
            handler.alarm(this);
        }
    }

    /** Kinds of audit entries. */
    enum Action {
        BEGIN,
        PROMOTE,
        ROLLBACK,
        REVERT,
        RESUME,
        ALARM,
        DRIFT,
        PROPOSE,
        APPROVE,
        REJECT,
        STOP
    }
}
