package io.afterlearner.feedback.shell;

import io.afterlearner.feedback.core.judge.Output;
import io.afterlearner.observability.MeterGroup;
import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The counters of one online study; several studies share those of the label other. Thread-safe. */
public final class StudyCounters {

    /** What happened to a report with a valid token. */
    public enum Fate {
        /** It arrived within its window. */
        COUNTED,
        /** It arrived after its window and corrected an exposure that was counted before. */
        LATE,
        /** Its id was known already. */
        DUPLICATE,
        /** Its event is after the window, or its exposure was deleted. */
        EXPIRED,
        /** Its exposure has the maximum number of reports. */
        FLOOD,
        /** Its unit was forgotten after the assignment. */
        FORGOTTEN,
        /** Its unit was served outside of the comparison. */
        UNCOUNTED,
        /** Its exposure belongs to another client, which asked for the same unit before. */
        OTHER_CLIENT,
        /** The study has no metric of its name. */
        UNKNOWN_METRIC,
        /** The REST API refused it. */
        REFUSED
    }

    private final MeterGroup group;
    private final Map<Fate, Counter> reports = new EnumMap<>(Fate.class);
    private final Map<Output.Action, Counter> changes = new EnumMap<>(Output.Action.class);
    private final Counter exposures;
    private final Counter expiredExposures;
    private final Counter telemetry;
    private final Counter told;
    private final Counter failed;
    private final Counter guardrails;

    StudyCounters(MeterGroup group) {
        this.group = group;
        for (Fate fate : Fate.values()) {
            reports.put(fate, counter("reports", "Reports by what happened to them.", "fate", lowerCase(fate)));
        }
        for (Output.Action action : Output.Action.values()) {
            changes.put(action, counter("changes", "Entries of the audit log by kind.", "action", lowerCase(action)));
        }
        exposures = counter("exposures", "Units that were assigned an arm.");
        expiredExposures = counter("expired.exposures", "Exposures whose time was over when they arrived.");
        telemetry = counter("telemetry.reports", "Reports read from the user's own topics.");
        told = counter("candidates", "Candidates judged, by outcome.", "outcome", "told");
        failed = counter("candidates", "Candidates judged, by outcome.", "outcome", "failed");
        guardrails = counter("broken.guardrails", "Guardrails that a candidate or champion broke significantly.");
    }

    private Counter counter(String name, String help, String... more) {
        return group.counter("afterlearner.feedback." + name, help, more);
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    public void exposed() {
        exposures.increment();
    }

    /** An exposure's time was over when it arrived. The clock of the process that assigned it may be behind. */
    public void expired() {
        expiredExposures.increment();
    }

    public void reported(Fate fate) {
        Objects.requireNonNull(reports.get(fate)).increment();
    }

    public void telemetry() {
        telemetry.increment();
    }

    public void told() {
        told.increment();
    }

    public void failed() {
        failed.increment();
    }

    public void guardrailBroken() {
        guardrails.increment();
    }

    /** An entry of the audit log was written. */
    public void changed(Output.Action action) {
        Objects.requireNonNull(changes.get(action)).increment();
    }
}
