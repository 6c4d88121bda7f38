package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.kafka.Bounds;
import io.afterlearner.kafka.Follower;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.Table;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.schemas.Topics;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The spec of every study, and news of studies that end. Thread-safe. */
final class Studies implements AutoCloseable {
    /** Beyond these the oldest studies are dropped: their candidates fail after the wait. */
    private static final Bounds BOUNDS = new Bounds(10_000, 256L << 20);

    private final Follower follower;
    private final Table<StudySpec> specs;
    private final StudyTimes times = new StudyTimes(System::nanoTime);

    /** @param ended hears of every study that finished, was stopped or was deleted */
    Studies(KafkaSettings kafka, String id, Consumer<String> ended) {
        this.follower = new Follower(kafka, id + "-studies");
        this.specs = follower.table(Topics.STUDIES, Codec.of(StudySpec.class)::decode, BOUNDS)
                .onChange((study, spec) -> {
                    if (spec == null) {
                        ended.accept(study);
                    }
                });
        var unused = follower.table(Topics.INCUMBENTS, Codec.of(Incumbent.class)::decode)
                .onChange((study, incumbent) -> {
                    times.heard(study, incumbent);
                    if (isOver(incumbent)) {
                        // Its spec stays: a study can be extended.
                        ended.accept(study);
                    }
                });
    }

    private static boolean isOver(@Nullable Incumbent incumbent) {
        return incumbent != null
                && (incumbent.getStatus() == StudyStatus.FINISHED || incumbent.getStatus() == StudyStatus.STOPPED);
    }

    void start() {
        follower.start();
    }

    /** Whether all studies that existed at the start are known. */
    boolean isReady() {
        return follower.isReady();
    }

    /** Waits until then, at most for this time; whether it came. */
    boolean awaitReady(Duration atMost) throws InterruptedException {
        return follower.await(follower::isReady, atMost);
    }

    int size() {
        return specs.size();
    }

    /** Waits until the candidate's study is known, the time is up, or the evaluation is aborted. */
    Optional<StudySpec> await(Candidate candidate, Duration atMost, Abort abort) throws InterruptedException {
        var unused = follower.await(() -> spec(candidate).isPresent() || abort.cause() != null, atMost);
        return spec(candidate);
    }

    /** The time until a candidate expires; negative if it has expired. It is never too short. */
    Duration left(Candidate candidate) {
        return Duration.ofMillis(candidate.getDeadlineMillis() - times.millis(candidate));
    }

    /** The table may still have a deleted study of the same name, or a later one already. */
    private Optional<StudySpec> spec(Candidate candidate) {
        return specs.get(candidate.getStudy()).filter(spec -> spec.getIncarnation() == candidate.getIncarnation());
    }

    @Override
    public void close() {
        follower.close();
    }
}
