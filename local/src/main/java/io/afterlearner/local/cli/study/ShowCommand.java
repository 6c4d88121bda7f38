package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.serving.Serving;
import io.afterlearner.local.cli.session.Fields;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.Incumbent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code study show}. */
@Command(
        name = "show",
        description = "Shows the progress of a study, the candidate that it recommends, and the verdict on it.",
        footer = {"", "Example:", "  ./afterlearner study show depth --json | jq .values"})
final class ShowCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    ShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Studies.Known study;
        Optional<Arms> arms;
        Map<String, @Nullable Object> fields;
        try (Session session = target.open()) {
            study = target.in(session);
            arms = study.isOnline() ? session.topics().arms(study.id()) : Optional.empty();
            fields = StudyFields.of(study);
            fields.putAll(VerdictFields.of(session, study, json));
            if (arms.isPresent()) {
                fields.put(
                        "online",
                        Serving.fields(
                                arms.get(),
                                session.topics().audit(study.id()),
                                Objects.requireNonNull(study.spec().getOnline()).getMetric()));
            }
        }
        Incumbent latest = study.latest();
        List<Double> values = latest == null ? List.of() : latest.getValues();
        Fields.print(console, json, fields, study, values);
        return ExitCode.OK;
    }
}
