package io.afterlearner.evaluator.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All that an evaluator can be told.
 *
 * @param kafka settings of every Kafka client, {@code bootstrap.servers} at least
 * @param id who measured, in every fitness
 * @param digest of the code that measures, in every fitness
 * @param pool whose candidates it takes
 * @param mode how it takes them
 * @param slots candidates evaluated at a time, at least 1
 * @param lockDuration how long a share group lets a silent holder keep a candidate
 * @param specWait how long a candidate waits for its study's spec
 * @param sessions what models, data and caches may take
 * @param artifacts where models and data may come from
 */
public record EvaluatorSettings(
        Map<String, String> kafka,
        String id,
        String digest,
        String pool,
        Mode mode,
        int slots,
        Duration lockDuration,
        Duration specWait,
        SessionSettings sessions,
        ArtifactSettings artifacts) {

    /** How candidates are shared among evaluators. */
    public enum Mode {
        /** A share group: any number of evaluators, each candidate held under a lease. Needs Kafka 4.2. */
        SHARE,
        /** A consumer group: at most one slot a partition works at a time. */
        GROUP
    }

    /**
     * @param cuda whether on a GPU; else on the CPU
     * @param device number of the GPU
     * @param cacheBytes of all studies' data and cached prefixes together
     * @param maxModelBytes of one model
     * @param maxDataBytes of one study's data, unpacked
     */
    public record SessionSettings(boolean cuda, int device, long cacheBytes, long maxModelBytes, long maxDataBytes) {}

    /**
     * @param fileRoots directories that file: URIs may lie under; empty allows none
     * @param httpHosts hosts that http: and https: URIs may name; empty allows all
     * @param workDirectory where downloads are kept
     * @param maxWorkBytes of all downloads kept
     * @param timeout of connecting, and of a whole download
     */
    public record ArtifactSettings(
            List<Path> fileRoots, List<String> httpHosts, Path workDirectory, long maxWorkBytes, Duration timeout) {}
}
