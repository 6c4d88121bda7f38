package io.afterlearner.optimizer.shell;

import io.afterlearner.http.Tables;
import io.afterlearner.kafka.Follower;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Table;
import io.afterlearner.optimizer.shell.pools.KnownStudies;
import io.afterlearner.optimizer.shell.pools.VerdictRequests;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.Verdicts;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * All studies with their incumbents and verdicts, whichever instance runs them, kept up to date from the topics. Only the API uses
 * them; the loop does not.
 */
@ApplicationScoped
public class StudyTables implements Tables, KnownStudies {
    private static final Duration SPEC_TIMEOUT = Duration.ofSeconds(5);

    private final Follower follower;
    private final Table<StudySpec> specs;
    private final Table<Incumbent> incumbents;
    private final Table<VerdictAnswer> verdicts;
    private final VerdictRequests requests = new VerdictRequests();

    StudyTables(KafkaSettings kafka) {
        follower = new Follower(kafka, "studies");
        specs = follower.table(Topics.STUDIES, Codec.of(StudySpec.class)::decode);
        incumbents = follower.table(Topics.INCUMBENTS, Codec.of(Incumbent.class)::decode);
        verdicts = follower.table(Topics.VERDICTS, Codec.of(VerdictAnswer.class)::decode)
                .choosing(Verdicts::counting);
    }

    /** After the topics were created. */
    void start(@Observes @Priority(2) StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        follower.close();
    }

    @Override
    public boolean isReady() {
        return follower.isReady();
    }

    @Override
    public boolean isCurrent() {
        return follower.isCurrent();
    }

    public Optional<StudySpec> spec(String study) {
        return specs.get(study);
    }

    @Override
    public Incumbent incumbent(StudySpec spec) {
        return incumbents
                .get(spec.getStudy())
                .filter(incumbent -> incumbent.getIncarnation() == spec.getIncarnation())
                .orElseGet(() -> IncumbentRecords.unbegun(spec));
    }

    /** The answer of an evaluator about a candidate on the test split; empty if there is none yet. */
    public Optional<VerdictAnswer> verdict(StudySpec spec, long number) {
        return verdicts.get(Verdicts.key(spec.getStudy(), spec.getIncarnation(), number));
    }

    @Override
    public boolean awaitsVerdict(StudySpec spec) {
        Incumbent now = incumbent(spec);
        return requests.isOpen(
                spec, now, verdictKey(spec, now), verdict(spec, now.getNumber()), System.currentTimeMillis());
    }

    /** The verdict on the study's incumbent is asked for again. */
    public void repeatedVerdict(StudySpec spec) {
        Incumbent now = incumbent(spec);
        verdict(spec, now.getNumber())
                .ifPresent(failure -> requests.repeated(verdictKey(spec, now), failure, System.currentTimeMillis()));
    }

    private static String verdictKey(StudySpec spec, Incumbent now) {
        return Verdicts.key(spec.getStudy(), spec.getIncarnation(), now.getNumber());
    }

    /** Waits until a spec that was just sent is read here, or a few seconds have passed. */
    public void awaitSpec(StudySpec spec) {
        await(() -> isKnown(spec));
    }

    /** Waits until a deletion that was just sent is read here, or a few seconds have passed. */
    public void awaitDeleted(StudySpec spec) {
        await(() -> !isKnown(spec));
    }

    private boolean isKnown(StudySpec spec) {
        return specs.get(spec.getStudy())
                .filter(known -> known.getIncarnation() == spec.getIncarnation())
                .isPresent();
    }

    private void await(BooleanSupplier condition) {
        try {
            follower.await(condition, SPEC_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<StudySpec> specs() {
        return specs.values().stream()
                .sorted(Comparator.comparing(StudySpec::getStudy))
                .toList();
    }
}
