package io.afterlearner.feedback.shell;

import io.afterlearner.client.Follower;
import io.afterlearner.client.Served;
import io.afterlearner.feedback.core.exposure.Attribution;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** All online studies and who meets what in them, whatever instance judges them: the compacted topics in memory. */
@ApplicationScoped
public class OnlineStudies {

    /**
     * A study's spec, and how its reports are counted.
     *
     * @param online its section
     */
    public record OnlineStudy(StudySpec spec, OnlineSpec online, List<Attribution> credits) {

        /** Whether it counts a metric of that name. */
        public boolean counts(String metric) {
            return credits.stream().anyMatch(credit -> credit.metric().name().equals(metric));
        }

        /** Names of what it counts. */
        public List<String> metrics() {
            return credits.stream()
                    .map(credit -> credit.metric().name())
                    .distinct()
                    .toList();
        }
    }

    private static final Codec<StudySpec> SPECS = Codec.of(StudySpec.class);
    private static final Codec<Incumbent> INCUMBENTS = Codec.of(Incumbent.class);

    private final Follower<Optional<OnlineStudy>> studies;
    private final Follower<StudyStatus> statuses;
    private final Follower<Served> arms;

    OnlineStudies(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        studies = new Follower<>(kafka, Topics.STUDIES, OnlineStudies::study);
        statuses = new Follower<>(
                kafka, Topics.INCUMBENTS, bytes -> INCUMBENTS.decode(bytes).getStatus());
        arms = Served.follow(kafka);
    }

    private static Optional<OnlineStudy> study(byte[] bytes) throws UndecodableException {
        StudySpec spec = SPECS.decode(bytes);
        return Optional.ofNullable(study(spec));
    }

    /** Null where it is none, or one that cannot be judged. */
    static @Nullable OnlineStudy study(StudySpec spec) {
        OnlineSpec online = spec.getOnline();
        try {
            return online == null ? null : new OnlineStudy(spec, online, JudgingPlans.credits(online));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** After the topics were created. */
    void start(@Observes @Priority(2) StartupEvent event) {
        studies.start();
        statuses.start();
        arms.start();
    }

    void stop(@Observes ShutdownEvent event) {
        studies.close();
        statuses.close();
        arms.close();
    }

    /** Whether all that was there at start has been read. */
    public boolean isReady() {
        return studies.isReady() && statuses.isReady() && arms.isReady();
    }

    public Optional<OnlineStudy> study(String study) {
        return studies.get(study).flatMap(known -> known);
    }

    /** Every online study, in no order. */
    public List<OnlineStudy> all() {
        return studies.values().stream().flatMap(Optional::stream).toList();
    }

    /** Who meets what; empty until the study has begun. */
    public Optional<Served> served(String study) {
        return arms.get(study);
    }

    /** Whether a person paused it. */
    public boolean isPaused(String study) {
        return statuses.get(study).filter(StudyStatus.PAUSED::equals).isPresent();
    }

    /** Whether Kafka answered of late: where it did not, a revert since then is not known here. */
    public boolean isCurrent() {
        return arms.isCurrent();
    }
}
