package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Options;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.report.file.HistoryCsv;
import io.afterlearner.report.result.History;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code study export}. */
@Command(
        name = "export",
        description = "Writes a study's candidates as CSV, one row per candidate, with their ℵ values.",
        footer = {"", "Example:", "  ./afterlearner study export depth --out history.csv"})
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--out", paramLabel = "FILE", description = "File to write (default: standard output).")
    private @Nullable Path out;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (out != null) {
            Options.requireWritableFile("--out", out);
        }
        String csv;
        try (Session session = target.open()) {
            Studies.Known study = target.in(session);
            History history = History.of(
                    session.topics().trials(study.id()),
                    study.spec().getEvaluation().getTimeoutMillis());
            csv = HistoryCsv.of(history.entries(), study.spec());
        }
        if (out == null) {
            console.content(csv);
        } else {
            Files.writeString(out, csv, StandardCharsets.UTF_8);
            console.note("wrote " + out);
        }
        return ExitCode.OK;
    }
}
