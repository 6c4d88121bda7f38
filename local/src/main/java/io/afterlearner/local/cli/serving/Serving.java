package io.afterlearner.local.cli.serving;

import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields that commands print of what an online study serves. */
public final class Serving {
    private Serving() {}

    static StackException notBegun(Session session, String study) {
        return new StackException(
                "study " + study + " does not serve users yet, because the feedback service has not started it;"
                        + " check that the service runs with " + session.hint("status"));
    }

    public static Map<String, @Nullable Object> fields(Arms arms, List<ArmsChange> audit) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("study", arms.getStudy());
        fields.put("state", arms.getState().name().toLowerCase(Locale.ROOT));
        fields.put("champion", arms.getChampion().getNumber());
        fields.put("since", time(arms.getChampion().getSinceMillis()));
        fields.put("revision", arms.getRevision());
        fields.put("changedAt", time(arms.getAtMillis()));
        fields.put("by", arms.getBy());
        fields.put("reason", arms.getReason());
        fields.put(
                "exploring",
                arms.getSlots().stream()
                        .map(ArmValues::getNumber)
                        .filter(number -> number >= 0)
                        .distinct()
                        .toList());
        fields.put("held", Held.why(arms, audit));
        fields.put("winsorised", winsorised(audit));
        return fields;
    }

    /** Where the values of the metric are capped; null if they are not, or not yet. */
    private static @Nullable String winsorised(List<ArmsChange> audit) {
        return audit.stream()
                .filter(change -> change.getAction() == ArmsAction.CALIBRATED)
                .map(ArmsChange::getReason)
                .findFirst()
                .orElse(null);
    }

    /** A share in percent, such as {@code 2.5 %}. */
    static String percent(double share) {
        return new BigDecimal(100 * share)
                        .round(new MathContext(4))
                        .stripTrailingZeros()
                        .toPlainString()
                + " %";
    }

    static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
