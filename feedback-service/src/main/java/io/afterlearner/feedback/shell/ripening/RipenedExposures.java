package io.afterlearner.feedback.shell.ripening;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.ExposureTotals;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.shell.StateJson;
import io.afterlearner.schemas.UndecodableException;
import java.util.List;
import java.util.Map;

/**
 * Ripe exposures of one arm and client whose units were drawn within one second: the message from ripening to judging.
 *
 * @param incarnation of the study
 * @param drawnAtMillis time of one of the draws; corrections of these exposures carry the same time
 * @param early whether these are the reports so far, for candidates that are told early; later the same exposures come with all reports
 */
public record RipenedExposures(
        long incarnation,
        Arm arm,
        long number,
        long drawnAtMillis,
        String client,
        boolean early,
        @JsonProperty("worth") ExposureTotals totals) {
    public static final StateJson<List<RipenedExposures>> JSON =
            new StateJson<>(new TypeReference<>() {}, Map.of("incarnation", 0L, "early", 0L));
    /** Name of the repartition topic, to which Kafka Streams adds the application and a suffix. */
    public static final String TOPIC = "ripe";
    /** Maximum number of elements per record. */
    static final int MAX_PER_RECORD = 100;

    /** @throws UndecodableException if the bytes are not ripened exposures, because another program wrote them */
    public static List<RipenedExposures> read(byte[] bytes) throws UndecodableException {
        try {
            return List.copyOf(JSON.decode(bytes));
        } catch (IllegalStateException | NullPointerException e) {
            // The text null is valid JSON, and so is a null in the list.
            throw new UndecodableException("not ripened exposures: " + e.getMessage(), e);
        }
    }

    public static boolean isTopic(String name) {
        return name.endsWith("-" + TOPIC + "-repartition");
    }

    /** What an exposure counts, or the correction of it. */
    static RipenedExposures of(TrackedExposure exposure, long drawnAtMillis, ExposureTotals totals) {
        return new RipenedExposures(
                exposure.incarnation(),
                exposure.arm(),
                exposure.number(),
                drawnAtMillis,
                exposure.client(),
                exposure.awaitsEarly(),
                totals);
    }

    /** The judge's input. */
    public Input.Ripened input(long atMillis) {
        return new Input.Ripened(atMillis, arm, number, drawnAtMillis, client, early, totals);
    }

    RipenedExposures plus(RipenedExposures other) {
        return new RipenedExposures(incarnation, arm, number, drawnAtMillis, client, early, totals.plus(other.totals));
    }
}
