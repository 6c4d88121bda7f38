package io.afterlearner.benchmarks.online;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * One line of the client's {@code assign}.
 *
 * @param pace paced, so that all exposures reach Kafka; or flatOut, until the queue overflows
 * @param nanos time of one assign, median over repeats
 * @param slowestNanos the same of the slowest repeat
 * @param bytes allocated per assign on the caller's thread
 * @param assigned in all repeats
 * @param dropped exposures of these that never reached Kafka; the units were assigned all the same
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "bench")
@JsonTypeName("online")
@JsonPropertyOrder("what")
public record ClientFigures(
        String pace, int dimension, long nanos, long slowestNanos, long bytes, long assigned, long dropped) {

    /** What the line is about. */
    @JsonProperty
    public String what() {
        return "clientAssign";
    }
}
