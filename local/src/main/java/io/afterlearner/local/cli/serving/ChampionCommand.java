package io.afterlearner.local.cli.serving;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.cli.session.Values;
import io.afterlearner.local.stack.Session;
import io.afterlearner.schemas.Arms;
import io.afterlearner.space.AlephNames;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code study champion}. */
@Command(
        name = "champion",
        description = "Shows what an online study serves now: the ℵ values, since when, and why.",
        footer = {"", "Example:", "  ./afterlearner study champion ranking --json | jq .values"})
public final class ChampionCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    ChampionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        Studies.Known study;
        Arms arms;
        try (Session session = target.open()) {
            study = target.onlineIn(session);
            arms = session.topics().arms(study.id()).orElseThrow(() -> Serving.notBegun(study.id()));
        }
        Map<String, @Nullable Object> fields = Serving.fields(arms);
        List<Double> values = arms.getChampion().getValues();
        if (json) {
            fields.put("values", values);
            console.out().println(Json.line(fields));
            return ExitCode.DONE;
        }
        fields.forEach((key, value) -> console.out().printf("%-14s%s%n", key, value));
        console.out().print(Values.text(AlephNames.of(study.spec().getAleph()), values));
        return ExitCode.DONE;
    }
}
