package io.afterlearner.local.cli.serving;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Table;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsState;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code study audit}. */
@Command(
        name = "audit",
        description = "Lists every change of what an online study serves: when, by whom, which champion replaced which,"
                + " and why.",
        footer = {
            "",
            "Examples:",
            "  ./afterlearner study audit ranking",
            "  ./afterlearner study audit ranking --json | jq 'select(.action == \"promote\")'"
        })
public final class AuditCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print one JSON object per line, with the ℵ values.")
    private boolean json;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    AuditCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<ArmsChange> changes;
        try (Session session = target.open()) {
            String id = target.onlineIn(session).id();
            changes = session.topics().audit(id);
            session.topics().arms(id).filter(arms -> isPending(arms, changes)).ifPresent(this::announce);
        }
        if (json) {
            changes.forEach(change -> console.out().println(Json.line(line(change))));
            return ExitCode.OK;
        }
        Table table = new Table("at", "revision", "action", "champion", "by", "reason").lastWhole();
        changes.forEach(change -> table.row(
                Serving.time(change.getAtMillis()),
                change.getRevision(),
                action(change),
                change.getFromNumber() + " → " + change.getToNumber(),
                change.getBy(),
                change.getReason()));
        console.out().print(table);
        return ExitCode.OK;
    }

    /** Whether a revert is served that no feedback service has read yet. */
    private static boolean isPending(Arms arms, List<ArmsChange> changes) {
        return arms.getState() == ArmsState.REVERTED
                && changes.stream().noneMatch(change -> change.getRevision() >= arms.getRevision());
    }

    private void announce(Arms reverted) {
        console.aside(
                "the revert by " + reverted.getBy() + " at " + Serving.time(reverted.getAtMillis()) + " (revision "
                        + reverted.getRevision()
                        + ") is served, but not in the audit trail yet: the feedback service adds it when"
                        + " it runs");
    }

    private static String action(ArmsChange change) {
        return change.getAction().name().toLowerCase(Locale.ROOT);
    }

    /** A line of {@code --json}. */
    private record Change(
            String study, long revision, String at, String by, String action, String reason, Arm from, Arm to) {}

    private record Arm(long candidate, List<Double> values) {}

    private static Change line(ArmsChange change) {
        return new Change(
                change.getStudy(),
                change.getRevision(),
                Serving.time(change.getAtMillis()),
                change.getBy(),
                action(change),
                change.getReason(),
                new Arm(change.getFromNumber(), change.getFromValues()),
                new Arm(change.getToNumber(), change.getToValues()));
    }
}
