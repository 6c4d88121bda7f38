package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.scoring.Incarnation;
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
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.Verdicts;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The spec of every study, news of studies that end, and which verdicts are known. Thread-safe. */
final class Studies implements AutoCloseable {
    /** Beyond these the oldest studies are dropped: their candidates fail after the wait. */
    private static final Bounds BOUNDS = new Bounds(10_000, 256L << 20);

    private final Follower follower;
    private final Table<StudySpec> specs;
    private final StudyTimes times = new StudyTimes(System::nanoTime);
    /** Whether the answer with this key is a verdict; false for a failure. */
    private final Table<Boolean> verdicts;

    /**
     * @param ended hears of every study that finished, was stopped or was deleted
     * @param events hears of studies that run, ended or were deleted
     */
    Studies(KafkaSettings kafka, String id, Consumer<String> ended, EvaluatorEvents events) {
        this.follower = new Follower(kafka, id + "-studies");
        this.specs = follower.table(Topics.STUDIES, Codec.of(StudySpec.class)::decode, BOUNDS)
                .onChange((study, spec) -> {
                    if (spec == null) {
                        ended.accept(study);
                        events.studyDeleted(study);
                    }
                });
        var unused = follower.table(Topics.INCUMBENTS, Codec.of(Incumbent.class)::decode)
                .onChange((study, incumbent) -> {
                    times.heard(study, incumbent);
                    if (isOver(incumbent)) {
                        // Its spec stays: a study can be extended.
                        ended.accept(study);
                        events.studyEnded(study);
                    } else if (incumbent != null) {
                        events.studyRuns(study);
                    }
                });
        Codec<VerdictAnswer> answers = Codec.of(VerdictAnswer.class);
        this.verdicts = follower.table(Topics.VERDICTS, bytes -> Verdicts.isScored(answers.decode(bytes)))
                .choosing((first, second) -> first ? first : second);
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

    /** Whether Kafka answered within the last seconds. */
    boolean isCurrent() {
        return follower.isCurrent();
    }

    boolean isKnown(String study) {
        return specs.get(study).isPresent();
    }

    int size() {
        return specs.size();
    }

    /** Whether an evaluator has given the verdict with this key. */
    boolean hasVerdict(String key) {
        return verdicts.get(key).orElse(false);
    }

    /** Waits until the study is known, the time is up, or the evaluation is aborted. */
    private Optional<StudySpec> await(String study, long incarnation, Duration atMost, Abort abort)
            throws InterruptedException {
        var unused = follower.await(() -> spec(study, incarnation).isPresent() || abort.cause() != null, atMost);
        return spec(study, incarnation);
    }

    /**
     * Waits for a study and computes the result of a record about it.
     *
     * @param known computes the result from the study
     * @param unknown the result if the study does not become known in time
     * @return empty if the evaluation was aborted and another evaluator gets the record
     */
    <R> Optional<R> result(
            Incarnation about, Duration atMost, Abort abort, Function<StudySpec, R> known, Supplier<R> unknown)
            throws InterruptedException {
        Optional<StudySpec> spec = await(about.study(), about.number(), atMost, abort);
        if (abort.givesBack()) {
            return Optional.empty();
        }
        R result = spec.map(known).orElseGet(unknown);
        return abort.givesBack() ? Optional.empty() : Optional.of(result);
    }

    /** The time until a candidate expires if nobody takes it; negative if it has expired. It is never too short. */
    Duration left(Candidate candidate) {
        return Duration.ofMillis(candidate.getDeadlineMillis() - times.millis(candidate));
    }

    /**
     * Whether nobody needs the candidate's fitness any more. An evaluator that had it before may have announced it, and then it has not
     * expired.
     *
     * @param attempt 1 if the candidate was not delivered before
     */
    boolean isOver(Candidate candidate, int attempt) {
        return times.isStopped(candidate) || (attempt == 1 && left(candidate).isNegative());
    }

    /** The study of a candidate; empty if it is not known yet. */
    Optional<StudySpec> spec(Candidate candidate) {
        return spec(candidate.getStudy(), candidate.getIncarnation());
    }

    /** The table may still have a deleted study of the same name, or a later one already. */
    private Optional<StudySpec> spec(String study, long incarnation) {
        return specs.get(study).filter(spec -> spec.getIncarnation() == incarnation);
    }

    @Override
    public void close() {
        follower.close();
    }
}
