package io.afterlearner.feedback.shell;

import io.afterlearner.client.Served;
import io.afterlearner.http.Problem;
import io.afterlearner.http.Tables;
import io.afterlearner.kafka.Follower;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Table;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.OnlineRules;
import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.UndecodableException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The compacted topics in memory: all online studies, their status and their arms, whichever instance judges them. */
@ApplicationScoped
public class OnlineStudies implements Tables {
    /** Maximum number of telemetry topics per instance. */
    static final int MAX_TELEMETRY_TOPICS = 32;

    private final Follower follower;
    private final Table<Optional<OnlineStudy>> studies;
    private final Table<StudyStatus> statuses;
    private final Table<Served> arms;

    OnlineStudies(KafkaSettings kafka, FeedbackMetrics metrics) {
        Codec<StudySpec> specs = Codec.of(StudySpec.class);
        Codec<Incumbent> incumbents = Codec.of(Incumbent.class);
        Codec<Arms> armsCodec = Codec.of(Arms.class);
        follower = new Follower(kafka, "online-studies");
        studies = follower.table(Topics.STUDIES, bytes -> OnlineStudy.of(checked(specs.decode(bytes))))
                .onChange((study, online) -> {
                    if (online == null || online.isEmpty()) {
                        metrics.deleted(study);
                    } else {
                        metrics.begun(study);
                    }
                });
        statuses = follower.table(
                Topics.INCUMBENTS, bytes -> incumbents.decode(bytes).getStatus());
        arms = follower.table(Topics.ARMS, bytes -> new Served(armsCodec.decode(bytes)));
    }

    /** Checks the study, because records on the topic may not come from the API. */
    private static StudySpec checked(StudySpec spec) throws UndecodableException {
        try {
            OnlineRules.check(spec);
            return spec;
        } catch (RefusedException e) {
            throw new UndecodableException("the study is refused: " + e.getMessage(), e);
        }
    }

    /** Runs after the topics were created. */
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

    public Optional<OnlineStudy> study(String study) {
        return studies.get(study).flatMap(known -> known);
    }

    /** Empty if the study is another incarnation. */
    public Optional<OnlineStudy> study(String study, long incarnation) {
        return study(study).filter(known -> known.incarnation() == incarnation);
    }

    /** All online studies, in no particular order. */
    public List<OnlineStudy> all() {
        return studies.values().stream().flatMap(Optional::stream).toList();
    }

    /** The topics from which studies read telemetry, sorted; at most {@link #MAX_TELEMETRY_TOPICS}. */
    public Set<String> telemetryTopics() {
        return all().stream()
                .flatMap(study -> study.online().getTelemetry().stream())
                .map(Telemetry::getTopic)
                .sorted()
                .distinct()
                .limit(MAX_TELEMETRY_TOPICS)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What units are served; empty until the study has begun, and once it is deleted, though its arms stay on the topic. */
    public Optional<Served> served(String study) {
        return arms.get(study)
                .filter(served -> study(study, served.arms().getIncarnation()).isPresent());
    }

    /** What units are served; throws a problem: 503 until the topics are read and the study has begun, 404 if there is none. */
    public Served require(String study) {
        require();
        return served(study).orElseThrow(() -> noneServed(study));
    }

    private WebApplicationException noneServed(String study) {
        return study(study).isPresent()
                ? Problem.later(
                        1,
                        "study " + Problem.shown(study)
                                + " was created and has not begun; send the request again in a second")
                : Problem.exception(
                        404,
                        "there is no online study " + Problem.shown(study)
                                + "; give an id as ./afterlearner study list shows it. A study that was created a"
                                + " moment ago is known within seconds");
    }

    /** Like {@link #require(String)}, but also for a study that was deleted: its exposures may still be stored. */
    public Arms requireEver(String study) {
        require();
        return arms.get(study)
                .map(Served::arms)
                .orElseThrow(() -> Problem.exception(
                        404,
                        "no units were ever assigned in " + Problem.shown(study)
                                + "; give the id of an online study, as ./afterlearner study list shows it"));
    }

    /** Whether a person paused the study. */
    public boolean isPaused(String study) {
        return statuses.get(study).filter(StudyStatus.PAUSED::equals).isPresent();
    }

    /** Whether Kafka answered recently; otherwise a revert may not be known here. */
    public boolean isCurrent() {
        return follower.isCurrent();
    }
}
