package io.afterlearner.optimizer.api;

import io.afterlearner.optimizer.core.Limits;
import io.afterlearner.optimizer.shell.SpecTexts;
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
 * @param reason at most 1,000 characters
 * @param by on whose behalf, at most 200 characters; without authentication, who sends it
 * @param id a command with the same id acts once; at most 200 characters; chosen if missing
 */
public record CommandJson(
        @Nullable UserAction action,
        @Nullable Long budget,
        @Nullable List<Double> values,
        @Nullable String reason,
        @Nullable String by,
        @Nullable String id) {

    /** The actions that a user may send. The other actions are sent between services only. */
    enum UserAction {
        PAUSE(Action.PAUSE),
        RESUME(Action.RESUME),
        STOP(Action.STOP),
        EXTEND(Action.EXTEND),
        SUGGEST(Action.SUGGEST),
        REVERT(Action.REVERT),
        APPROVE(Action.APPROVE),
        REJECT(Action.REJECT),
        GRANT(Action.GRANT);

        private final Action recorded;

        UserAction(Action recorded) {
            this.recorded = recorded;
        }
    }

    /** @param sender who is recorded as the sender */
    Command command(StudySpec study, String sender, long nowMillis) {
        if (action == null) {
            throw new IllegalArgumentException(
                    "action is missing; give PAUSE, RESUME, STOP, EXTEND or SUGGEST, or for an"
                            + " online study REVERT, APPROVE, REJECT or GRANT");
        }
        check("id", id, Limits.MAX_NAME_CHARACTERS);
        check("by", by, Limits.MAX_NAME_CHARACTERS);
        check("reason", reason, Limits.MAX_REASON_CHARACTERS);
        return new Command(
                study.getStudy(),
                id == null ? UUID.randomUUID().toString() : id,
                nowMillis,
                sender,
                action.recorded,
                budget == null ? 0 : budget,
                values == null ? List.of() : values,
                reason,
                study.getIncarnation());
    }

    private static void check(String field, @Nullable String text, int most) {
        if (text != null) {
            SpecTexts.check(text, field, most);
        }
    }
}
