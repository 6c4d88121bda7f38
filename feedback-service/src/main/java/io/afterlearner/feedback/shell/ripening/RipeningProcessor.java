package io.afterlearner.feedback.shell.ripening;

import io.afterlearner.client.EventId;
import io.afterlearner.client.Token;
import io.afterlearner.client.TokenException;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.core.exposure.TrackedExposure.Report;
import io.afterlearner.feedback.shell.FeedbackMetrics;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.feedback.shell.StudyCounters.Fate;
import io.afterlearner.feedback.shell.UnitKeyWatch;
import io.afterlearner.feedback.shell.UnitTombstone;
import io.afterlearner.kafka.DeadLetters;
import io.afterlearner.kafka.Out;
import io.afterlearner.kafka.streams.StreamsDeadLetters;
import io.afterlearner.kafka.trace.RecordContext;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Exposure;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jboss.logging.Logger;

/**
 * Collects exposures and their reports by assignment. When an attribution window is over, it sends the exposure's totals
 * to judging; later reports are sent as corrections until the exposure is deleted, one window later. For candidates that are told
 * early, the totals until then are sent before.
 */
public final class RipeningProcessor implements Processor<String, byte[], String, Out> {
    /** State stores: exposures by assignment id, due times (whose keys are bytes), tallies of slices by assignment id, pasts by unit. */
    public static final String ASSIGNED = ExposureStore.ASSIGNED;

    public static final String DUE = ExposureStore.DUE;
    public static final String SLICES = SliceStore.SLICES;
    public static final String PAST = PastStore.PAST;
    /** How long Kafka may keep what was deleted from the stores. */
    public static final Duration CHANGELOG_LAG = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger(RipeningProcessor.class);
    private static final Duration LOOK_FOR_DUE = Duration.ofMillis(250);
    /** Limits the length of a transaction. */
    private static final int MAX_RIPENING_AT_ONCE = 20_000;

    private final Codec<Exposure> exposures = Codec.of(Exposure.class);
    private final Codec<Feedback> feedback = Codec.of(Feedback.class);
    private final OnlineStudies studies;
    private final Tokens tokens;
    private final UnitKeyWatch unitKeys;
    private final FeedbackMetrics metrics;
    private final DeadLetters letters;
    private final Spans spans;
    private final int partitions;
    private ProcessorContext<String, Out> context;
    private ExposureStore tracked;
    private SliceStore slices;
    private PastStore pasts;
    private CountedReports reports;
    private StreamsDeadLetters deadLetters;
    private RecordClock clock;

    // Kafka Streams calls init before any other method.
    @SuppressWarnings("NullAway.Init")
    public RipeningProcessor(
            OnlineStudies studies,
            Tokens tokens,
            UnitKeyWatch unitKeys,
            FeedbackMetrics metrics,
            DeadLetters letters,
            Spans spans,
            int partitions) {
        this.spans = spans;
        this.partitions = partitions;
        this.studies = studies;
        this.tokens = tokens;
        this.unitKeys = unitKeys;
        this.metrics = metrics;
        this.letters = letters;
    }

    @Override
    public void init(ProcessorContext<String, Out> streams) {
        context = streams;
        tracked = new ExposureStore(streams);
        slices = new SliceStore(streams);
        pasts = new PastStore(streams, tracked);
        reports = new CountedReports(tracked, slices, this::forward);
        deadLetters = new StreamsDeadLetters(streams, letters, metrics::deadLetter);
        clock = new RecordClock(streams.currentSystemTimeMs());
        streams.schedule(LOOK_FOR_DUE, PunctuationType.WALL_CLOCK_TIME, due -> ripen());
    }

    @Override
    public void process(Record<String, byte[]> received) {
        long nowMillis = wallMillis();
        clock.saw(received.timestamp(), nowMillis);
        if (received.value() == null) {
            forget(received, nowMillis);
            return;
        }
        try {
            if (context.recordMetadata().orElseThrow().topic().equals(Topics.EXPOSURES)) {
                exposed(received, exposures.decode(received.value()), nowMillis);
            } else {
                reported(received, feedback.decode(received.value()), nowMillis);
            }
        } catch (UndecodableException e) {
            deadLetters.send(received, String.valueOf(e.getMessage()));
        }
    }

    /** Tombstones that forget no unit are ignored. */
    private void forget(Record<String, byte[]> received, long nowMillis) {
        if (!UnitTombstone.isOne(received.headers())) {
            return;
        }
        UnitTombstone unit = UnitTombstone.read(received.key(), received.headers());
        String problem = unit == null
                ? "not a tombstone of a unit's assignments; use the REST API to forget a unit"
                : AssignmentTimes.problem(received.timestamp(), unit.untilMillis(), nowMillis);
        if (unit == null || problem != null) {
            deadLetters.send(received, String.valueOf(problem));
            return;
        }
        tracked.forget(unit, received.timestamp());
        pasts.forget(unit.assignments());
    }

    private void exposed(Record<String, byte[]> received, Exposure exposure, long nowMillis) {
        try {
            String id = exposure.getAssignment();
            Token token = tokens.read(exposure.getToken());
            String problem = ProvenExposure.problem(
                    token, exposure.getStudy(), id, received.key(), RecordPlace.of(context, partitions), nowMillis);
            if (problem != null) {
                deadLetters.send(received, problem);
                return;
            }
            unitKeys.saw(exposure.getUnit(), exposure.getAtMillis(), nowMillis);
            ProvenExposure.of(token)
                    .filter(fresh -> tracked.find(id).isEmpty() && !tracked.isForgotten(id, fresh.assignedAtMillis()))
                    .ifPresent(fresh -> exposed(received, id, fresh));
        } catch (TokenException e) {
            deadLetters.send(received, String.valueOf(e.getMessage()));
            metrics.forged();
        }
    }

    private void exposed(Record<String, byte[]> received, String id, TrackedExposure fresh) {
        if (fresh.forgottenAtMillis() > clock.millis()) {
            begin(id, fresh);
            trace("count exposure", received, fresh.study(), fresh.number(), "counted");
        } else {
            metrics.of(fresh.study()).expired();
        }
    }

    private TrackedExposure begin(String id, TrackedExposure fresh) {
        metrics.of(fresh.study()).exposed();
        OnlineStudy study = studies.study(fresh.study(), fresh.incarnation()).orElse(null);
        TrackedExposure begun = pasts.begun(id, fresh, study);
        if (study != null && study.isToldEarly()) {
            begun = begun.early(
                    study.online().getWindowMillis() - study.online().getTellAfterMillis());
        }
        tracked.schedule(id, begun);
        return begun;
    }

    private void reported(Record<String, byte[]> received, Feedback report, long nowMillis) {
        try {
            Token token = tokens.read(report.getToken());
            String problem = ProvenExposure.problem(
                    report, token, received.key(), RecordPlace.of(context, partitions), nowMillis);
            if (problem == null) {
                Fate fate = reported(report, token);
                metrics.of(token.study()).reported(fate);
                String outcome = fate.name().toLowerCase(Locale.ROOT);
                trace("count report", received, token.study(), token.number(), outcome);
                return;
            }
            deadLetters.send(received, problem);
        } catch (TokenException e) {
            deadLetters.send(received, String.valueOf(e.getMessage()));
        }
        metrics.forged();
    }

    /** Makes a span if the record's trace is sampled. */
    private void trace(String name, Record<String, byte[]> received, String study, long number, String outcome) {
        Span span = spans.of(name, RecordContext.read(received.headers()));
        Spans.candidate(span, study, number);
        span.setAttribute(Spans.OUTCOME, outcome).end();
    }

    private Fate reported(Feedback report, Token token) {
        String id = token.assignment();
        Optional<TrackedExposure> known = tracked.find(id);
        Optional<TrackedExposure> counted = ProvenExposure.of(token);
        if (counted.isEmpty()) {
            return Fate.UNCOUNTED;
        }
        Optional<OnlineStudy> study = studies.study(token.study(), token.incarnation());
        if (study.isPresent() && !study.get().measures(report.getMetric())) {
            return Fate.UNKNOWN_METRIC;
        }
        TrackedExposure proven = counted.get();
        boolean isForgotten = proven.forgottenAtMillis() <= clock.millis();
        if (report.getAtMillis() > token.expiresAtMillis() || (known.isEmpty() && isForgotten)) {
            return Fate.EXPIRED;
        }
        if (known.isEmpty() && tracked.isForgotten(id, token.assignedAtMillis())) {
            return Fate.FORGOTTEN;
        }
        TrackedExposure before = known.orElseGet(() -> begin(id, proven));
        // A record that does not come from this service may have a long id.
        Report fresh = new Report(EventId.of(report.getId()), report.getMetric(), report.getValue());
        return reports.count(id, before, fresh, token.client(), study);
    }

    private long wallMillis() {
        long wallMillis = context.currentSystemTimeMs();
        long backMillis = clock.follow(wallMillis);
        if (backMillis > 0) {
            metrics.clockTurnedBack();
            LOG.warnf("the wall clock is %d ms behind the exposures: the service's clock is turned back", backMillis);
        }
        return wallMillis;
    }

    private void ripen() {
        clock.tick(wallMillis());
        long nowMillis = clock.millis();
        if (!studies.isReady() || nowMillis < 0) {
            return;
        }
        RipeBatch batch = new RipeBatch();
        for (String id : tracked.takeDue(nowMillis, MAX_RIPENING_AT_ONCE)) {
            tracked.find(id).ifPresent(exposure -> ripen(id, exposure, batch));
            pasts.due(id, nowMillis);
        }
        batch.forEach(this::forward);
    }

    /** Counts an exposure, or deletes it if it was counted before. Exposures of deleted studies do not count. */
    private void ripen(String id, TrackedExposure exposure, RipeBatch batch) {
        if (exposure.isRipe()) {
            // The mark of a unit that was forgotten again is kept longer.
            if (exposure.forgottenAtMillis() <= clock.millis()) {
                tracked.delete(id);
                slices.delete(id);
            }
            return;
        }
        Optional<OnlineStudy> known = studies.study(exposure.study(), exposure.incarnation());
        if (exposure.awaitsEarly()) {
            known.ifPresent(study -> batch.add(exposure, slices.totals(id, exposure, study)));
            tracked.schedule(id, exposure.countedEarly());
            return;
        }
        long asOfMillis = known.map(study -> count(id, exposure, study, batch)).orElse(exposure.drawnAtMillis());
        tracked.schedule(id, exposure.ripened(asOfMillis));
    }

    private long count(String id, TrackedExposure exposure, OnlineStudy study, RipeBatch batch) {
        ExposureTotals totals = slices.totals(id, exposure, study);
        pasts.ripened(id, exposure, study, totals);
        return batch.add(exposure, totals);
    }

    private void forward(String study, List<RipenedExposures> ripe) {
        Out out = new Out(RipenedExposures.TOPIC, RipenedExposures.JSON.encode(ripe));
        context.forward(new Record<>(study, out, context.currentSystemTimeMs()));
    }
}
