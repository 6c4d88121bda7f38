package io.afterlearner.optimizer.shell;

import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Failure;
import io.afterlearner.schemas.TrialEvent;
import io.afterlearner.schemas.TrialEventType;
import java.util.Arrays;
import java.util.List;

/** Turns the core's events into records, and back. */
final class Events {

    private Events() {}

    static TrialEvent record(String study, long incarnation, long sequence, Event event) {
        TrialEvent.Builder record = TrialEvent.newBuilder()
                .setStudy(study)
                .setIncarnation(incarnation)
                .setSequence(sequence)
                .setAtMillis(event.atMillis())
                .setNumber(-1);
        return event.match(new Writer(record)).build();
    }

    static Event event(TrialEvent r) {
        long at = r.getAtMillis();
        String by = r.getBy();
        return switch (r.getType()) {
            case ASKED -> new Event.Asked(at, r.getNumber(), array(r.getValues()));
            case TAKEN, RELEASED ->
                new Event.Claimed(at, r.getNumber(), by, r.getDelivery(), r.getType() == TrialEventType.TAKEN);
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
            case CREATED, SUGGESTED, PAUSED, RESUMED, EXTENDED, STOPPED, FINISHED, CENTRED, REOPENED ->
                new Event.Changed(
                        at,
                        Event.Change.valueOf(r.getType().name()),
                        r.getBudget(),
                        array(r.getValues()),
                        by,
                        r.getReason(),
                        r.getCause() == null ? null : new RecordedFailure(r.getCause(), null));
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

    private record Writer(TrialEvent.Builder record) implements Event.Cases<TrialEvent.Builder> {

        @Override
        public TrialEvent.Builder asked(Event.Asked e) {
            return record.setType(TrialEventType.ASKED).setNumber(e.number()).setValues(list(e.values()));
        }

        @Override
        public TrialEvent.Builder claimed(Event.Claimed e) {
            return record.setType(e.holds() ? TrialEventType.TAKEN : TrialEventType.RELEASED)
                    .setNumber(e.number())
                    .setBy(e.by())
                    .setDelivery(e.delivery());
        }

        @Override
        public TrialEvent.Builder told(Event.Told e) {
            return record.setType(TrialEventType.TOLD)
                    .setNumber(e.number())
                    .setLoss(e.loss())
                    .setStandardError(e.standardError())
                    .setExamples(e.examples())
                    .setBy(e.by())
                    .setDurationMicros(e.durationMicros());
        }

        @Override
        public TrialEvent.Builder failed(Event.Failed e) {
            return missed(TrialEventType.FAILED, e.number(), e.failure())
                    .setBy(e.by())
                    .setDurationMicros(e.durationMicros());
        }

        @Override
        public TrialEvent.Builder expired(Event.Expired e) {
            return missed(TrialEventType.EXPIRED, e.number(), e.failure());
        }

        private TrialEvent.Builder missed(TrialEventType type, long number, Failure failure) {
            RecordedFailure recorded = (RecordedFailure) failure;
            return record.setType(type)
                    .setNumber(number)
                    .setReason(recorded.reason())
                    .setCause(recorded.cause());
        }

        @Override
        public TrialEvent.Builder changed(Event.Changed e) {
            return record.setType(TrialEventType.valueOf(e.change().name()))
                    .setBudget(e.budget())
                    .setValues(list(e.values()))
                    .setBy(e.by())
                    .setReason(e.reason())
                    .setCause(RecordedFailure.cause(e.failure()));
        }
    }
}
