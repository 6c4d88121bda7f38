package io.afterlearner.feedback.shell.telemetry;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.EventId;
import io.afterlearner.client.Served;
import io.afterlearner.client.Token;
import io.afterlearner.client.TokenException;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the assignment that a telemetry record is about, with a token that proves it. */
final class TelemetryTokens {
    private static final String UNIT = "telemetry";

    /** A proven assignment. */
    record Proof(String assignment, String study, long number, String token) {}

    private final OnlineStudies studies;
    private final Tokens tokens;

    TelemetryTokens(OnlineStudies studies, Tokens tokens) {
        this.studies = studies;
        this.tokens = tokens;
    }

    boolean isOf(String study, String token) throws TokenException {
        return tokens.read(token).study().equals(study);
    }

    /** The record's own token. */
    Proof ofToken(String token) throws TokenException {
        Token read = tokens.read(token);
        return new Proof(read.assignment(), read.study(), read.number(), token);
    }

    /** What was served at that time, in a study that slices time; empty if the study has not begun. */
    Optional<Proof> ofTime(String study, long atMillis) {
        return studies.served(study)
                .filter(served -> served.arms().getSliceMillis() > 0)
                .map(served -> signed(served.assignSlice(atMillis, true)));
    }

    /**
     * The exposure of a candidate in an event; empty if the candidate is not served.
     *
     * @param event identifies the exposure: one event is one exposure, even if it is reported for several metrics
     */
    Optional<Proof> ofCandidate(String study, long number, long atMillis, String event) {
        Arms arms = studies.served(study).map(Served::arms).orElse(null);
        Arm arm = arms == null ? null : arm(arms, number);
        if (arms == null || arm == null) {
            return Optional.empty();
        }
        long expiresAtMillis = atMillis + arms.getWindowMillis();
        String id = EventId.digest(study + "\0" + arms.getIncarnation() + "\0" + event);
        return Optional.of(signed(new Assignment(
                study,
                id,
                UNIT,
                arm,
                number,
                new double[0],
                atMillis,
                expiresAtMillis,
                atMillis,
                arms.getIncarnation(),
                UNIT)));
    }

    private static @Nullable Arm arm(Arms arms, long number) {
        if (number == arms.getControl().getNumber()) {
            return Arm.CONTROL;
        }
        if (number == arms.getChampion().getNumber()) {
            return Arm.CHAMPION;
        }
        boolean explored =
                arms.getSlots().stream().mapToLong(ArmValues::getNumber).anyMatch(slot -> slot == number);
        return explored ? Arm.EXPLORE : null;
    }

    private Proof signed(Assignment assignment) {
        return new Proof(assignment.id(), assignment.study(), assignment.number(), tokens.sign(assignment));
    }
}
