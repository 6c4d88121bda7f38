package io.afterlearner.feedback.shell.judging;

import io.afterlearner.http.Problem;
import io.afterlearner.kafka.Follower;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Table;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Standing;
import io.afterlearner.schemas.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The standings of all online studies, whichever instance judges them: the topic in memory. It has a follower of its own, so that
 * assignments depend neither on this topic nor on the rights on it.
 */
@ApplicationScoped
public class StandingTopic {
    private static final int RETRY_SECONDS = 1;

    private final Follower follower;
    private final Table<Standing> standings;

    StandingTopic(KafkaSettings kafka, Standings judging) {
        follower = new Follower(kafka, "standings");
        standings = follower.table(Topics.STANDINGS, Codec.of(Standing.class)::decode)
                .choosing(StandingTopic::newer)
                .onChange(judging::seen);
    }

    /** A record that is older than the one before it, of a writer that does not know yet that another one judges the study, does not count. */
    static Standing newer(Standing before, Standing now) {
        return now.getIncarnation() == before.getIncarnation() && StandingRecords.isNewer(before, now) ? before : now;
    }

    /** Whether the record is about the study that its key names, and not about one that was deleted. */
    static boolean isOf(Standing standing, String study, long incarnation) {
        return standing.getStudy().equals(study) && standing.getIncarnation() == incarnation;
    }

    /** Runs after the topics were created. */
    void start(@Observes @Priority(2) StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        follower.close();
    }

    /** The latest standing of a study; throws a 503 problem while it is not known here. */
    public Standing require(String study, long incarnation) {
        if (!follower.isReady()) {
            throw Problem.later(
                    RETRY_SECONDS,
                    "topic " + Topics.STANDINGS
                            + " is not read yet; send the request again in a second. If this goes on,"
                            + " GET /q/health/ready says whether the topic or a right on it is missing");
        }
        return standings
                .get(study)
                .filter(standing -> isOf(standing, study, incarnation))
                .orElseThrow(() -> Problem.later(
                        RETRY_SECONDS,
                        "no standing of study " + Problem.shown(study)
                                + " is written yet; the instance that judges it writes one within seconds. Send the"
                                + " request again in a second"));
    }
}
