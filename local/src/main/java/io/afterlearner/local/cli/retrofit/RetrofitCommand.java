package io.afterlearner.local.cli.retrofit;

import io.afterlearner.evaluation.Targets;
import io.afterlearner.evaluation.score.Verdict;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Farewell;
import io.afterlearner.local.cli.console.Options;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.cli.session.StackOptions;
import io.afterlearner.local.cli.session.Workers;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackSettings;
import io.afterlearner.report.Delivery;
import io.afterlearner.report.file.ResultJson;
import io.afterlearner.report.file.VerdictLedger;
import io.afterlearner.report.result.Result;
import io.afterlearner.report.result.SplitResult;
import io.afterlearner.report.words.Numbers;
import io.afterlearner.report.words.VerdictText;
import io.afterlearner.study.files.Artifacts;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.ResolvedStudy;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code retrofit}. */
@Command(
        name = "retrofit",
        description = "Runs a study to its end and writes the model to deploy and a report. The same command resumes a"
                + " study that was interrupted.",
        footer = {
            "",
            "Writes to DIR: result.json, retrofitted.onnx, retrofitted.patch, history.csv, report.html.",
            "retrofitted.onnx is the model to deploy: the best candidate if the outcome is improved, else the shipped model.",
            "candidate.onnx is the best candidate; it is written if the outcome is inconclusive or worse.",
            "",
            "Examples:",
            "  ./afterlearner retrofit examples/depth/study.yaml",
            "  ./afterlearner retrofit study.yaml --out results --slots 4",
            "  ./afterlearner retrofit study.yaml --fresh --json | jq .outcome",
            "  ./afterlearner retrofit study.yaml --require improved && deploy"
        })
public final class RetrofitCommand implements Callable<Integer> {
    private static final int OTHER_OUTCOME = 3;

    private final Console console;

    @Parameters(paramLabel = "STUDY.yaml", description = "Study to run.")
    private @Nullable Path file;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the results (default: ./afterlearner-out/<study's name>).")
    private @Nullable Path out;

    @Option(names = "--fresh", description = "Start a new study, even if this one was run before.")
    private boolean fresh;

    @Option(
            names = "--require",
            paramLabel = "OUTCOME",
            description = "Exit with 3 unless the outcome is this one: improved, inconclusive, worse or kept.")
    private Verdict.@Nullable Outcome required;

    @Option(names = "--json", description = "Print result.json instead of the summary.")
    private boolean json;

    @Mixin
    private final StackOptions stack = new StackOptions();

    @Mixin
    private final Workers workers = new Workers();

    RetrofitCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path given = Objects.requireNonNull(file);
        Home chosen = stack.home();
        ResolvedStudy study = resolved(given, chosen);
        Path folder = out == null ? Path.of("afterlearner-out", study.spec().getName()) : out;
        Options.requireWritable("--out", folder);
        StackSettings settings = new StackSettings(
                Repository.root(),
                false,
                0,
                0,
                null,
                workers.evaluators(),
                workers.slots(),
                study.spec().getEvaluation().getPool(),
                stack.kafka());
        console.aside(study.spec().getName() + ": " + study.aleph().size() + " ℵ-parameters, " + batches(study)
                + ", starting …");
        Result result;
        Farewell farewell = new Farewell(() -> console.note("interrupted; run the same command to resume"));
        try (Session session = Session.open(chosen, settings)) {
            result = new Retrofit(console, session, study, new VerdictLedger(chosen.verdicts())).run(fresh, folder);
            farewell.forget();
            print(result, folder);
            if (session.isArchiving()) {
                console.aside("saving classes for faster starts, once after each build …");
            }
        } finally {
            farewell.forget();
        }
        if (required == null || required == result.verdict().outcome()) {
            return ExitCode.OK;
        }
        console.note("the outcome is " + result.outcome() + ", and --require asks for "
                + required.name().toLowerCase(Locale.ROOT));
        return OTHER_OUTCOME;
    }

    private void print(Result result, Path folder) {
        if (json) {
            console.out().print(ResultJson.of(result));
            console.out().flush();
        } else {
            console.printStyled(summary(result, folder));
        }
    }

    private ResolvedStudy resolved(Path given, Home home) {
        StudyFile read = StudyFile.read(given.toString(), given, Artifacts.downloads(home.downloads(), console::aside));
        read.data("run " + home.hint("study", "create", given.toString()) + " on a running stack");
        return new Resolver(read).resolve();
    }

    private static String batches(ResolvedStudy study) {
        int rows = study.sanity().batch();
        Targets targets = study.targets();
        return targets.examples() + " examples, " + (rows == 1 ? "one" : rows) + " at a time"
                + (study.batching().rows() > 0 ? " as evaluation.batch says" : "")
                + (targets.ignored() > 0
                        ? "; the loss ignores " + targets.ignored() + " of " + targets.elements() + " target values"
                        : "");
    }

    private String summary(Result result, Path folder) {
        Verdict verdict = result.verdict();
        String outcome = verdict.isImproved() ? console.green(result.outcome()) : result.outcome();
        String drawn = VerdictText.drawn(result.drawn());
        return String.format(
                Locale.ROOT,
                "%s  %s%n  %s%n%s%s  %d asked = %d scored + %d failed + %d expired, %.1f s, %s candidates/s%n  %s%n  %s%n%s",
                console.bold(result.spec().getStudy()),
                outcome,
                VerdictText.of(verdict) + " " + VerdictText.files(verdict, result.number())
                        + (drawn.isEmpty() ? "" : " " + drawn),
                split("search", result.search()),
                result.test().losses() == null
                        ? ""
                        : split("test", result.test().losses()),
                result.asked(),
                result.told(),
                result.failed(),
                result.expired(),
                result.seconds(),
                Numbers.of(result.candidatesPerSecond()),
                folder.resolve(Delivery.REPORT),
                folder.resolve(Delivery.MODEL),
                Files.exists(folder.resolve(Delivery.CANDIDATE))
                        ? "  " + folder.resolve(Delivery.CANDIDATE) + "\n"
                        : "");
    }

    private static String split(String name, SplitResult split) {
        SplitResult.Measured difference = split.difference();
        SplitResult.Interval interval = difference.interval();
        return String.format(
                Locale.ROOT,
                "  %-7s shipped %s → candidate %s  %s  difference %s, 95%% interval %s%n",
                name,
                Numbers.of(split.baseline().value()),
                Numbers.of(split.candidate().value()),
                Numbers.change(split.baseline().value(), split.candidate().value()),
                Numbers.signed(difference.value()),
                interval == null
                        ? "unknown"
                        : "[" + Numbers.signed(interval.low()) + ", " + Numbers.signed(interval.high()) + "]");
    }
}
