package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Options;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.report.file.HistoryCsv;
import io.afterlearner.report.file.Outputs;
import io.afterlearner.report.result.History;
import io.afterlearner.report.result.HistoryEntry;
import io.afterlearner.schemas.Topics;
import io.afterlearner.study.InputException;
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
        description =
                "Writes a study's candidates as CSV, one row per candidate, with their ℵ values. With --to, writes"
                        + " all results of a study that is over.",
        footer = {
            "",
            "Writes to TO: manifest.json, and the files of retrofit; for an online study, history.csv.",
            "manifest.json comes last and has the digests of all others: without it, the export is not complete.",
            "",
            "Examples:",
            "  ./afterlearner study export depth --out history.csv",
            "  ./afterlearner study export depth --to results",
            "  ./afterlearner study export depth --to s3://models/depth"
        })
final class ExportCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--out", paramLabel = "FILE", description = "File to write (default: standard output).")
    private @Nullable Path out;

    @Option(
            names = "--to",
            paramLabel = "TO",
            description = "Folder or s3://BUCKET/PREFIX to write all results to. Needs a running stack.")
    private @Nullable String to;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    ExportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (to != null) {
            publish(to);
        } else {
            write();
        }
        return ExitCode.OK;
    }

    private void publish(String place) throws InterruptedException, IOException {
        if (out != null) {
            throw new InputException("afterlearner: --out and --to cannot be combined", "give one of them");
        }
        Destination destination = Destination.of(place);
        try (Session session = target.join()) {
            new Export(console, session, target.home()).to(destination, target.in(session));
        }
        console.note("wrote all results to " + destination);
    }

    private void write() throws InterruptedException, IOException {
        if (out != null) {
            Options.requireWritableFile("--out", out);
        }
        String csv;
        try (Session session = target.open()) {
            csv = csv(session, target.in(session));
        }
        if (out == null) {
            console.content(csv);
        } else {
            write(out, csv);
            console.note("wrote " + out);
        }
    }

    /** A file appears whole or not at all; a device or a pipe is written to. */
    private static void write(Path file, String csv) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            Files.writeString(file, csv, StandardCharsets.UTF_8);
        } else {
            Path folder = file.toAbsolutePath().resolveSibling(".").normalize();
            new Outputs(folder).text(file.getFileName().toString(), csv);
        }
    }

    static String csv(Session session, Studies.Known study) {
        History history = History.of(
                session.topics().trials(study.id()),
                study.spec().getEvaluation().getTimeoutMillis());
        requireWhole(history, study.id(), study.ended());
        return HistoryCsv.of(history.entries(), study.spec());
    }

    /**
     * Refuses a history that has lost records.
     *
     * @param expected candidates that have ended, as the incumbent says
     */
    static void requireWhole(History history, String study, long expected) {
        long ended = history.entries().size() - history.count(HistoryEntry.Status.OUTSTANDING);
        if (ended < expected) {
            throw new StackException("topic " + Topics.TRIALS + " has only " + ended + " of the " + expected
                    + " candidates of study " + study + " that have ended: records were deleted or damaged;"
                    + " restore the topic, or run the study again under another name");
        }
    }
}
