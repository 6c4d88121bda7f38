package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Table;
import io.afterlearner.local.cli.session.Fields;
import io.afterlearner.local.cli.session.StackOptions;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.stack.Session;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code study list}. */
@Command(
        name = "list",
        description = "Lists all studies, oldest first.",
        footer = {"", "Example:", "  ./afterlearner study list --json"})
final class ListCommand implements Callable<Integer> {
    private static final List<String> COLUMNS =
            List.of("study", "judgedBy", "status", "told", "budget", "baselineLoss", "loss", "createdAt");

    private final Console console;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean json;

    @Mixin
    private final StackOptions stack = new StackOptions();

    ListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        List<Map<String, @Nullable Object>> all;
        try (Session session = stack.open()) {
            all = Studies.of(session).all().stream().map(StudyFields::of).toList();
            if (all.isEmpty()) {
                console.note(session.nothing());
            }
        }
        if (json || all.isEmpty()) {
            all.forEach(fields -> console.out().println(Json.line(fields)));
            return ExitCode.OK;
        }
        Table table = new Table("study", "judged by", "status", "told", "budget", "shipped", "best", "created");
        all.forEach(fields ->
                table.row(COLUMNS.stream().map(column -> cell(fields, column)).toArray()));
        console.out().print(table);
        return ExitCode.OK;
    }

    private static String cell(Map<String, @Nullable Object> fields, String column) {
        return Fields.text(column, fields.get(column));
    }
}
