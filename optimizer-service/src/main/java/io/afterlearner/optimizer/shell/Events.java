package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Failure;
import io.afterlearner.schemas.FailureCause;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns the core's events into records, and back. */
final class Events {

    private Events() {}

    static TrialEvent record(String study, long sequence, Event event) {
        Draft draft = event.match(new Writer());
        return new TrialEvent(
                study,
                sequence,
                event.atMillis(),
                draft.type,
                draft.number,
                draft.values,
                draft.loss,
                draft.standardError,
                draft.examples,
                draft.budget,
                draft.reason,
                draft.by,
                draft.durationMicros,
                draft.cause);
    }

    static Event event(TrialEvent r) {
        long at = r.getAtMillis();
        String by = r.getBy();
        String reason = r.getReason();
        return switch (r.getType()) {
            case CREATED -> new Event.Created(at, r.getBudget());
            case ASKED -> new Event.Asked(at, r.getNumber(), array(r.getValues()));
            case TOLD ->
                new Event.Told(
                        at,
                        r.getNumber(),
                        r.getLoss(),
                        r.getStandardError(),
                        r.getExamples(),
                        by,
                        r.getDurationMicros());
            case FAILED -> new Event.Failed(at, r.getNumber(), RecordedFailure.of(r), by, r.getDurationMicros());
            case EXPIRED -> new Event.Expired(at, r.getNumber(), RecordedFailure.of(r));
            case SUGGESTED -> new Event.Suggested(at, array(r.getValues()), by, reason);
            case PAUSED -> new Event.Paused(at, by, reason);
            case RESUMED -> new Event.Resumed(at, by, reason);
            case EXTENDED -> new Event.Extended(at, r.getBudget(), by, reason);
            case STOPPED -> new Event.Stopped(at, by, reason);
            case FINISHED -> new Event.Finished(at);
            case CENTRED -> new Event.Centred(at, array(r.getValues()), by, reason);
            case REOPENED -> new Event.Reopened(at, r.getBudget(), by, reason);
            case REVERTED, UNKNOWN ->
                throw new IllegalStateException("event " + r.getSequence() + " of " + r.getStudy()
                        + " was written by a newer version; run that version");
        };
    }

    static double[] array(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    static List<Double> list(double[] values) {
        return Arrays.stream(values).boxed().toList();
    }

    /** Collects a record's fields; most events set few. */
    private static final class Draft {
        private final TrialEventType type;
        private long number = -1;
        private List<Double> values = List.of();
        private @Nullable Double loss;
        private @Nullable Double standardError;
        private long examples;
        private long budget;
        private @Nullable String reason;
        private @Nullable String by;
        private long durationMicros;
        private @Nullable FailureCause cause;

        Draft(TrialEventType type, @Nullable String by, @Nullable String reason) {
            this.type = type;
            this.by = by;
            this.reason = reason;
        }

        static Draft missed(TrialEventType type, @Nullable String by, long number, Failure failure) {
            RecordedFailure recorded = (RecordedFailure) failure;
            Draft draft = new Draft(type, by, recorded.reason()).number(number);
            draft.cause = recorded.cause();
            return draft;
        }

        Draft number(long candidate) {
            number = candidate;
            return this;
        }
    }

    private static final class Writer implements Event.Cases<Draft> {

        @Override
        public Draft created(Event.Created e) {
            Draft draft = new Draft(TrialEventType.CREATED, null, null);
            draft.budget = e.budget();
            return draft;
        }

        @Override
        public Draft asked(Event.Asked e) {
            Draft draft = new Draft(TrialEventType.ASKED, null, null).number(e.number());
            draft.values = list(e.values());
            return draft;
        }

        @Override
        public Draft told(Event.Told e) {
            Draft draft = new Draft(TrialEventType.TOLD, e.by(), null).number(e.number());
            draft.loss = e.loss();
            draft.standardError = e.standardError();
            draft.examples = e.examples();
            draft.durationMicros = e.durationMicros();
            return draft;
        }

        @Override
        public Draft failed(Event.Failed e) {
            Draft draft = Draft.missed(TrialEventType.FAILED, e.by(), e.number(), e.failure());
            draft.durationMicros = e.durationMicros();
            return draft;
        }

        @Override
        public Draft expired(Event.Expired e) {
            return Draft.missed(TrialEventType.EXPIRED, null, e.number(), e.failure());
        }

        @Override
        public Draft suggested(Event.Suggested e) {
            Draft draft = new Draft(TrialEventType.SUGGESTED, e.by(), e.reason());
            draft.values = list(e.values());
            return draft;
        }

        @Override
        public Draft paused(Event.Paused e) {
            return new Draft(TrialEventType.PAUSED, e.by(), e.reason());
        }

        @Override
        public Draft resumed(Event.Resumed e) {
            return new Draft(TrialEventType.RESUMED, e.by(), e.reason());
        }

        @Override
        public Draft extended(Event.Extended e) {
            Draft draft = new Draft(TrialEventType.EXTENDED, e.by(), e.reason());
            draft.budget = e.budget();
            return draft;
        }

        @Override
        public Draft stopped(Event.Stopped e) {
            return new Draft(TrialEventType.STOPPED, e.by(), e.reason());
        }

        @Override
        public Draft centred(Event.Centred e) {
            Draft draft = new Draft(TrialEventType.CENTRED, e.by(), e.reason());
            draft.values = list(e.values());
            return draft;
        }

        @Override
        public Draft reopened(Event.Reopened e) {
            Draft draft = new Draft(TrialEventType.REOPENED, e.by(), e.reason());
            draft.budget = e.budget();
            return draft;
        }

        @Override
        public Draft finished(Event.Finished e) {
            return new Draft(TrialEventType.FINISHED, null, null);
        }
    }
}
