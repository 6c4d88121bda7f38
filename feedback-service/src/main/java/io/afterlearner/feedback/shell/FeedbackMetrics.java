package io.afterlearner.feedback.shell;

import io.afterlearner.kafka.streams.GuardedProcessor;
import io.afterlearner.observability.MeterGroup;
import io.afterlearner.observability.ServiceMeters;
import io.afterlearner.observability.StudySeries;
import io.afterlearner.schemas.OnlineRules;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * The feedback service's Prometheus metrics; docs/metrics.md has the table. Events that are processed again after a crash count
 * again. Thread-safe.
 */
public final class FeedbackMetrics implements GuardedProcessor.Counted {
    private final MeterGroup meters;
    private final ServiceMeters service;
    private final StudySeries<StudyCounters> series;
    /** Online studies; records may name any other. */
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    private final Counter forged;
    private final Counter clockTurnedBack;

    /** @param maxStudies with a label of their own */
    public FeedbackMetrics(MeterRegistry registry, ServiceMeters service, int maxStudies) {
        this.service = service;
        this.meters = new MeterGroup(registry, Tags.empty());
        this.series = new StudySeries<>(registry, maxStudies, StudyCounters::new);
        forged = meters.counter(
                "afterlearner.feedback.forged.reports", "Reports and exposures whose token is not valid.");
        clockTurnedBack = meters.counter(
                "afterlearner.feedback.clock.behind", "Times that the wall clock was found behind the exposures.");
    }

    /** Shows how many studies this instance judges. */
    public void judged(IntSupplier studies) {
        meters.gauge("afterlearner.feedback.judged.studies", "Studies that this instance judges.", studies::getAsInt);
    }

    /** Shows how many keys of recent exposures this instance does not have. */
    public void foreignUnitKeys(IntSupplier keys) {
        meters.gauge(
                "afterlearner.feedback.foreign.unit.keys",
                "Keys by which units were replaced in the last minutes, and which this instance does not have.",
                keys::getAsInt);
    }

    /** An online study exists. */
    void begun(String study) {
        known.add(study);
        var unused = of(study);
    }

    void deleted(String study) {
        known.remove(study);
        series.remove(study);
    }

    /** The counters of a study. */
    public StudyCounters of(String study) {
        return series.of(known.contains(study) ? study : StudySeries.OTHER, OnlineRules.POOL);
    }

    /** A report has a token that is not valid, so its study is not known. */
    public void forged() {
        forged.increment();
    }

    public void clockTurnedBack() {
        clockTurnedBack.increment();
    }

    /** Attempts to notify a receiver, by outcome. Its label is not the study: a receiver that fails, fails for all studies. */
    public Counter notifications(String receiver, String outcome) {
        return meters.counter(
                "afterlearner.feedback.notifications",
                "Attempts to notify a receiver.",
                "receiver",
                receiver,
                "outcome",
                outcome);
    }

    @Override
    public void deadLetter() {
        service.deadLetter();
    }

    @Override
    public void quarantined() {
        service.quarantined();
    }
}
