package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.scoring.Artifacts;
import io.afterlearner.evaluator.scoring.SessionSettings;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.cluster.Right;
import io.afterlearner.schemas.cluster.ServiceRights;
import java.time.Duration;
import java.util.List;

/**
 * All settings of an evaluator process.
 *
 * @param kafka settings of every Kafka client
 * @param id name of this evaluator, in every fitness
 * @param digest of this evaluator's code, in every fitness
 * @param pool the pool whose candidates it takes
 * @param mode how it takes them
 * @param slots candidates evaluated at a time, at least 1
 * @param specWait how long a candidate waits for its study's spec
 * @param sessions what models, data and caches may take
 * @param artifacts where models and data may come from
 * @param spans for traces
 */
public record EvaluatorSettings(
        KafkaSettings kafka,
        String id,
        String digest,
        String pool,
        Mode mode,
        int slots,
        Duration specWait,
        SessionSettings sessions,
        Artifacts.Settings artifacts,
        Spans spans) {

    /** The rights on Kafka that the process needs. */
    List<Right> rights() {
        return mode == Mode.SHARE ? ServiceRights.evaluator(pool) : ServiceRights.classicEvaluator(pool);
    }

    /** How candidates are shared among evaluators. */
    public enum Mode {
        /** A share group: any number of evaluators, each candidate held under a lease. Needs Kafka 4.2. */
        SHARE,
        /** A consumer group: at most one slot per partition works at a time. */
        GROUP
    }
}
