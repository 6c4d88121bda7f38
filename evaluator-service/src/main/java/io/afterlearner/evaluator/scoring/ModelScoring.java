package io.afterlearner.evaluator.scoring;

import io.afterlearner.evaluation.score.Score;
import io.afterlearner.evaluator.core.Abort;
import io.afterlearner.evaluator.core.PinnedCache;
import io.afterlearner.evaluator.scoring.StudyOpener.Opened;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Scores by running the study's model on its search data. Each study is opened once, and kept while there is room. */
public final class ModelScoring implements Scoring {
    private static final Logger LOG = Logger.getLogger(ModelScoring.class);
    /** A timeout fires a little before the optimizer gives up, so that its reason is told. */
    private static final long MAX_HEAD_START_MILLIS = 500;

    private final Stamp stamp;
    private final ScheduledExecutorService clock;
    private final StudyOpener opener;
    private final PinnedCache<Incarnation, Opened> opened;

    /** @param lanes candidates scored at a time */
    public ModelScoring(
            SessionSettings settings, int lanes, Artifacts artifacts, Stamp stamp, ScheduledExecutorService clock) {
        this.stamp = stamp;
        this.clock = clock;
        this.opener = new StudyOpener(settings, lanes, artifacts);
        this.opened = new PinnedCache<>(
                settings.cacheBytes(), Opened::bytes, o -> o.evaluation().close());
    }

    @Override
    public Fitness score(StudySpec spec, Candidate candidate, Duration atMost, Abort abort) {
        long start = System.nanoTime();
        ScheduledFuture<?> alarm =
                clock.schedule(() -> abort.now(Abort.Cause.TIMEOUT), timeoutMillis(atMost), TimeUnit.MILLISECONDS);
        Failed failed;
        try (var pin = opened.pin(Incarnation.of(spec), () -> opener.open(spec))) {
            Score score = pin.value().evaluation().score(values(candidate), abort::whenAborted);
            return stamp.measured(
                    candidate, spec, score.loss(), score.standardError(), score.examples(), micros(start));
        } catch (RuntimeException e) {
            if (!Failures.isExpected(e)) {
                LOG.warnf(e, "candidate %d of %s", candidate.getNumber(), spec.getStudy());
            }
            failed = abort.cause() == Abort.Cause.TIMEOUT ? Failures.timeout(micros(start) / 1000) : Failures.of(e);
        } catch (OutOfMemoryError e) {
            opened.clear();
            failed = Failures.outOfMemory();
        } finally {
            alarm.cancel(false);
        }
        return stamp.failed(candidate, spec, failed, micros(start));
    }

    private static long timeoutMillis(Duration atMost) {
        long left = Math.max(0, atMost.toMillis());
        return left - Math.min(MAX_HEAD_START_MILLIS, left / 20);
    }

    private static long micros(long start) {
        return (System.nanoTime() - start) / 1000;
    }

    private static double[] values(Candidate candidate) {
        return candidate.getValues().stream().mapToDouble(Double::doubleValue).toArray();
    }

    @Override
    public void ended(String study) {
        opened.forget(key -> key.study().equals(study));
    }

    @Override
    public long cacheBytes() {
        return opened.weight();
    }

    @Override
    public int openStudies() {
        return opened.size();
    }

    @Override
    public void close() {
        opened.clear();
    }
}
