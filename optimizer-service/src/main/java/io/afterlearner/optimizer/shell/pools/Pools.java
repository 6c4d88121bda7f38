package io.afterlearner.optimizer.shell.pools;

import io.afterlearner.optimizer.shell.metrics.LoopMetrics;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;

/** The evaluator pools and their figures. */
@Singleton
public final class Pools {
    /**
     * The figures of a pool.
     *
     * @param studies that have not ended
     * @param outstanding candidates asked and not yet told, failed or expired
     * @param verdicts studies that have ended and wait for their verdict
     * @param oldestAskedMillis when the first of them was asked, among the studies of this instance
     * @param lag candidates that the pool's evaluators have not finished; empty if unknown
     */
    public record Figures(
            long studies, long outstanding, long verdicts, OptionalLong oldestAskedMillis, OptionalLong lag) {
        /** What evaluators have to do; at 0 the pool needs none. */
        public long work() {
            return outstanding + verdicts;
        }
    }

    private final KnownStudies studies;
    private final LoopMetrics metrics;
    private final PoolLag lag;

    Pools(KnownStudies studies, LoopMetrics metrics, PoolLag lag) {
        this.studies = studies;
        this.metrics = metrics;
        this.lag = lag;
    }

    public Figures figures(String pool) {
        List<StudySpec> all = studies.specs().stream()
                .filter(spec -> spec.getEvaluation().getPool().equals(pool))
                .toList();
        List<Incumbent> active =
                all.stream().map(studies::incumbent).filter(Pools::isActive).toList();
        long outstanding = active.stream()
                .mapToLong(study -> study.getAsked() - study.getTold() - study.getFailed() - study.getExpired())
                .sum();
        long verdicts = all.stream().filter(studies::awaitsVerdict).count();
        return new Figures(active.size(), outstanding, verdicts, metrics.oldestAskedMillis(pool), lag.of(pool));
    }

    private static boolean isActive(Incumbent study) {
        return study.getStatus() == StudyStatus.RUNNING || study.getStatus() == StudyStatus.PAUSED;
    }
}
