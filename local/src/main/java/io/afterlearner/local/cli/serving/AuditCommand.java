package io.afterlearner.local.cli.serving;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Table;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.schemas.ArmsChange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
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
            changes = session.topics().audit(target.onlineIn(session).id());
        }
        if (json) {
            changes.forEach(change -> console.out().println(Json.line(fields(change))));
            return ExitCode.DONE;
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
        return ExitCode.DONE;
    }

    private static String action(ArmsChange change) {
        return change.getAction().name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Object> fields(ArmsChange change) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("study", change.getStudy());
        fields.put("revision", change.getRevision());
        fields.put("at", Serving.time(change.getAtMillis()));
        fields.put("by", change.getBy());
        fields.put("action", action(change));
        fields.put("reason", change.getReason());
        fields.put("from", candidate(change.getFromNumber(), change.getFromValues()));
        fields.put("to", candidate(change.getToNumber(), change.getToValues()));
        return fields;
    }

    private static Map<String, Object> candidate(long number, List<Double> values) {
        Map<String, Object> candidate = new LinkedHashMap<>();
        candidate.put("candidate", number);
        candidate.put("values", values);
        return candidate;
    }
}
