package io.afterlearner.benchmarks.online;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the client's {@code assign}.
 *
 * @param pace paced, so that all exposures reach Kafka; or flatOut, until the queue overflows
 * @param nanos time of one assign, median over repeats
 * @param most the same of the slowest repeat
 * @param bytes allocated per assign on the caller's thread
 * @param assigned in all repeats
 * @param dropped exposures of these that never reached Kafka; the units were assigned all the same
 */
public record ClientFigures(
        String pace, int dimension, double nanos, double most, long bytes, long assigned, long dropped) {

    /** The line's fields in order, as {@code bench} prints them. */
    public Map<String, Object> line() {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "online");
        line.put("what", "clientAssign");
        line.put("pace", pace);
        line.put("dimension", dimension);
        line.put("nanos", Math.round(nanos));
        line.put("slowestNanos", Math.round(most));
        line.put("bytes", bytes);
        line.put("assigned", assigned);
        line.put("dropped", dropped);
        return line;
    }
}
