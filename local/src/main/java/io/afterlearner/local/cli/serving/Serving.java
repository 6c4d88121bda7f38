package io.afterlearner.local.cli.serving;

import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.Metric;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that commands print of what an online study serves. */
public final class Serving {
    /** What makes a candidate, or the shipped model, champion. */
    private static final Set<ArmsAction> CROWNING = EnumSet.of(
            ArmsAction.BEGIN, ArmsAction.PROMOTE, ArmsAction.APPROVE, ArmsAction.ROLLBACK, ArmsAction.REVERT);

    private Serving() {}

    /** Whether the entry promotes a candidate. */
    static boolean promotes(ArmsChange change) {
        return change.getAction() == ArmsAction.PROMOTE || change.getAction() == ArmsAction.APPROVE;
    }

    static StackException notBegun(Session session, String study) {
        return new StackException(
                "study " + study + " does not serve users yet, because the feedback service has not started it;"
                        + " check that the service runs with " + session.hint("status"));
    }

    /** @param goal the metric that the study improves */
    public static Map<String, @Nullable Object> fields(Arms arms, List<ArmsChange> audit, Metric goal) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        ArmsChange crowned = crowned(arms, audit);
        fields.put("study", arms.getStudy());
        fields.put("state", arms.getState().name().toLowerCase(Locale.ROOT));
        fields.put("champion", arms.getChampion().getNumber());
        fields.put("since", time(crowned == null ? arms.getChampion().getSinceMillis() : crowned.getAtMillis()));
        fields.put("by", crowned == null ? arms.getBy() : crowned.getBy());
        fields.put("reason", crowned == null ? arms.getReason() : crowned.getReason());
        fields.put("ramp", arms.getRampShare() < 1 ? percent(arms.getRampShare()) + " of its units" : null);
        fields.put("proposal", Decision.open(audit).map(Serving::proposal).orElse(null));
        fields.put("revision", arms.getRevision());
        fields.put("changedAt", time(arms.getAtMillis()));
        fields.put(
                "exploring",
                arms.getSlots().stream()
                        .map(ArmValues::getNumber)
                        .filter(number -> number >= 0)
                        .distinct()
                        .toList());
        fields.put("held", held(arms, audit));
        boolean isWinsorised = goal.getWinsorise() < 1;
        fields.put("winsorised", isWinsorised ? calibrated(audit) : null);
        fields.put("adjusted", isWinsorised ? null : calibrated(audit));
        return fields;
    }

    /**
     * The entry that made the champion what it is; null if it is not in the audit trail, such as a revert that no feedback service has
     * read yet. The arms themselves name the latest change of any kind, and the latest step of a ramp.
     */
    private static @Nullable ArmsChange crowned(Arms arms, List<ArmsChange> audit) {
        return audit.stream()
                .filter(change -> CROWNING.contains(change.getAction()))
                .reduce((earlier, later) -> later)
                .filter(change -> change.getToNumber() == arms.getChampion().getNumber()
                        && (arms.getState() != ArmsState.REVERTED || change.getAction() == ArmsAction.REVERT))
                .orElse(null);
    }

    private static String proposal(ArmsChange proposed) {
        return "candidate " + proposed.getToNumber() + " waits for a person since " + time(proposed.getAtMillis())
                + ": "
                + proposed.getReason() + "; study approve " + proposed.getStudy() + " promotes it, study reject "
                + proposed.getStudy() + " does not";
    }

    /** Why a study was reverted is the reason for its champion, too, and not repeated. */
    private static @Nullable String held(Arms arms, List<ArmsChange> audit) {
        return arms.getState() == ArmsState.REVERTED
                ? "since the revert; study resume explores again"
                : Held.why(arms, audit);
    }

    /** Where the values of the metric are capped, or how they are adjusted; null if they are not, or not yet. */
    private static @Nullable String calibrated(List<ArmsChange> audit) {
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
