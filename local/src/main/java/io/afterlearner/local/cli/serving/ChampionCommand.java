package io.afterlearner.local.cli.serving;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.Fields;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsChange;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code study champion}. */
@Command(
        name = "champion",
        description =
                "Shows what an online study serves now: the ℵ values, since when, and why; and why exploration is held,"
                        + " if it is.",
        footer = {
            "",
            "Example:",
            "  ./afterlearner study champion ranking --json | jq '.parameters[] | {name, transform, value}'"
        })
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
        List<ArmsChange> audit;
        try (Session session = target.open()) {
            study = target.onlineIn(session);
            arms = session.topics().arms(study.id()).orElseThrow(() -> Serving.notBegun(session, study.id()));
            audit = session.topics().audit(study.id());
        }
        Fields.print(
                console,
                json,
                Serving.fields(
                        arms,
                        audit,
                        Objects.requireNonNull(study.spec().getOnline()).getMetric()),
                study,
                arms.getChampion().getValues());
        return ExitCode.OK;
    }
}
