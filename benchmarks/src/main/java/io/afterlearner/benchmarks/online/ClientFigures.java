package io.afterlearner.benchmarks.online;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One line of the client's {@code assign}.
 *
 * @param pace paced, so that what was assigned gets to Kafka; or flatOut, until the queue to it overflows
 * @param nanos median over repeats of the time of one assign
 * @param most the slowest repeat's
 * @param bytes one assign leaves to the collector on the caller's thread
 * @param assigned in all repeats
 * @param dropped of them, exposures that never got to Kafka: assigned all the same
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
