package io.afterlearner.operator.reconcile;

import io.afterlearner.operator.resolve.Resolutions;
import io.afterlearner.operator.resource.Condition;
import io.afterlearner.operator.resource.Observed;
import io.afterlearner.operator.resource.Study;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Duration;
import java.util.List;

/** Looks at one Study at a time: what it asks for, what the optimizer says, and what its status has to say. */
@ControllerConfiguration(name = "studies", fieldManager = StatusWriter.FIELD_MANAGER)
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 2_000, intervalMultiplier = 2, maxInterval = 60_000)
public final class StudyReconciler implements Reconciler<Study>, Cleaner<Study> {
    private static final Duration WHILE_STOPPING = Duration.ofSeconds(1);
    private static final Duration WHILE_REFUSED = Duration.ofSeconds(15);

    private final Admission admission;
    private final Mirror mirror;
    private final Removal removal;
    private final Exports exports;
    private final Resolutions resolutions;
    private final Watched watched;
    private final StatusWriter writer;
    private final News news;
    private final SimpleInboundEventSource<Study> ticks = new SimpleInboundEventSource<>("optimizer");

    StudyReconciler(
            Admission admission,
            Mirror mirror,
            Removal removal,
            Exports exports,
            Resolutions resolutions,
            Watched watched,
            StatusWriter writer,
            News news) {
        this.admission = admission;
        this.mirror = mirror;
        this.removal = removal;
        this.exports = exports;
        this.resolutions = resolutions;
        this.watched = watched;
        this.writer = writer;
        this.news = news;
    }

    @Override
    public List<EventSource<?, Study>> prepareEventSources(EventSourceContext<Study> context) {
        return List.of(ticks);
    }

    /** Has a Study looked at again. */
    void look(ResourceID id) {
        ticks.propagateEvent(id);
    }

    @Override
    public UpdateControl<Study> reconcile(Study study, Context<Study> context) {
        Observed before = study.observed();
        ResourceID id = ResourceID.fromResource(study);
        Observed told = watched.last(id).orElse(before);
        Watched.Known from = watched.now(study);
        Outcome outcome = outcome(study, before, told);
        Observed next = outcome.next();
        if (next.isAccepted()) {
            resolutions.forget(study);
        }
        watched.shown(id, next, from);
        if (next.equals(before)) {
            return again(UpdateControl.noUpdate(), outcome);
        }
        news.tell(study, told, next);
        return again(writer.control(study, next), outcome);
    }

    /**
     * An accepted study stays accepted: the object that is looked at may be older than the last status written to it, or somebody may
     * have removed its status.
     */
    private Outcome outcome(Study study, Observed before, Observed told) {
        if (before.isAccepted()) {
            return mirror.of(study, before);
        }
        boolean isThis = study.getSpec().fixedDigest().equals(told.specDigest());
        return told.isAccepted() && isThis ? mirror.of(study, told) : admission.of(study);
    }

    private static UpdateControl<Study> again(UpdateControl<Study> control, Outcome outcome) {
        Duration again = outcome.again();
        return again == null ? control : control.rescheduleAfter(again);
    }

    @Override
    public DeleteControl cleanup(Study study, Context<Study> context) {
        Observed before = study.observed();
        resolutions.forget(study);
        watched.forget(ResourceID.fromResource(study));
        exports.cancel(study);
        Observed next = removal.of(study);
        if (next == null) {
            return DeleteControl.defaultDelete();
        }
        if (!next.equals(before)) {
            news.tell(study, before, next);
            writer.write(study, next);
        }
        boolean stopping = next.condition(Condition.READY)
                .filter(ready -> ready.reason().equals("Stopping"))
                .isPresent();
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(stopping ? WHILE_STOPPING : WHILE_REFUSED);
    }
}
