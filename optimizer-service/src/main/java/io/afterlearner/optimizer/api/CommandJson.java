package io.afterlearner.optimizer.api;

import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Command;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operator's command.
 *
 * @param budget EXTEND: the new total
 * @param values SUGGEST: the point
 * @param id a command with the same id acts once; chosen if missing
 */
public record CommandJson(
        @Nullable Action action,
        @Nullable Long budget,
        @Nullable List<Double> values,
        @Nullable String reason,
        @Nullable String by,
        @Nullable String id) {

    Command command(StudySpec study, long nowMillis) {
        if (action == null || action == Action.UNKNOWN) {
            throw new IllegalArgumentException(
                    "action is missing; give PAUSE, RESUME, STOP, EXTEND or SUGGEST, or for an"
                            + " online study REVERT, APPROVE or REJECT");
        }
        return new Command(
                study.getStudy(),
                id == null ? UUID.randomUUID().toString() : id,
                nowMillis,
                by == null ? "api" : by,
                action,
                budget == null ? 0 : budget,
                values == null ? List.of() : values,
                reason,
                study.getIncarnation());
    }
}
