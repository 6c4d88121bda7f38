package io.afterlearner.local.cli.serving;

import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.HoldText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why an online study explores no candidate, or begins no duel, from its audit trail and what it serves. */
public final class Held {
    private static final String RESUME = "; once that is corrected, study resume explores again";

    private Held() {}

    /** One line, without the study; null if candidates are explored and duels may begin. */
    public static @Nullable String why(Arms arms, List<ArmsChange> audit) {
        if (arms.getState() == ArmsState.REVERTED) {
            return "reverted by " + arms.getBy() + " at " + Serving.time(arms.getAtMillis()) + ": " + arms.getReason()
                    + "; study resume explores again";
        }
        if (arms.getState() == ArmsState.EXPLORING) {
            return arms.getRampShare() < 1
                    ? "no duel begins while champion " + arms.getChampion().getNumber() + " is on its ramp: it serves "
                            + Serving.percent(arms.getRampShare()) + " of its units"
                    : null;
        }
        ArmsChange holder = holder(audit);
        // No record is written when every candidate is settled; the arms have the reason.
        return holder == null ? "since " + Serving.time(arms.getAtMillis()) + ": " + arms.getReason() : words(holder);
    }

    /** What holds exploration, or ended it; null if nothing on record does. */
    public static @Nullable ArmsChange holder(List<ArmsChange> audit) {
        ArmsChange holder = null;
        for (ArmsChange change : audit) {
            holder = switch (change.getAction()) {
                case ALARM, PAUSE, STOP, EXHAUSTED, REVERT -> change;
                case RESUME -> null;
                case GRANT -> holder != null && holder.getAction() == ArmsAction.EXHAUSTED ? null : holder;
                default -> holder;
            };
        }
        return holder;
    }

    private static String words(ArmsChange holder) {
        String since = "since " + Serving.time(holder.getAtMillis());
        String reason = ": " + holder.getReason();
        return switch (holder.getAction()) {
            case PAUSE -> since + ", paused by " + holder.getBy() + "; study resume explores again";
            case ALARM -> since + ", by an alarm" + reason + (HoldText.endsByItself(holder.getReason()) ? "" : RESUME);
            case EXHAUSTED -> since + ", because the error budget is spent" + reason;
            default -> since + ", for good" + reason;
        };
    }
}
