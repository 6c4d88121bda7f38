package io.afterlearner.local.cli.bench;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.run.RunOptions;
import io.afterlearner.benchmarks.EvaluateBench;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.cli.console.TemporaryFolder;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.study.InputException;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.ResolvedStudy;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench evaluate}: what a candidate costs. */
@Command(
        name = "evaluate",
        description =
                "CPU milliseconds a candidate costs on one thread, over all examples of the search split: naive (load"
                        + " the candidate's model and run it), promoted (run the whole graph with ℵ as inputs), split (run what"
                        + " depends on ℵ over what does not), and that same suffix by ONNX Runtime alone.",
        footer = {"", "Example:", "  ./afterlearner bench evaluate examples/digits/study.yaml --json"})
final class BenchEvaluateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "STUDY.yaml", arity = "0..*", description = "Studies; none are the examples.")
    private List<Path> studies = new ArrayList<>();

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "200",
            description = "Candidates of the cheap ways; a tenth of the dear ones (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    BenchEvaluateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        if (repetitions < 1 || repetitions > 1_000_000) {
            throw new InputException("afterlearner: --repetitions must be 1 to 1000000, not " + repetitions);
        }
        if (!json) {
            console.out()
                    .println("study     examples       ℵ    naive ms  promoted ms    split ms  bare suffix ms   ratio");
        }
        try (TemporaryFolder downloads = TemporaryFolder.create("afterlearner-bench")) {
            for (Path study : studies.isEmpty() ? examples() : studies) {
                print(figures(new Resolver(StudyFile.read(study.toString(), study, downloads.path())).resolve()));
            }
        }
        return ExitCode.DONE;
    }

    private static List<Path> examples() {
        Path folder = Repository.root().resolve("examples");
        return List.of(folder.resolve("digits/study.yaml"), folder.resolve("depth/study.yaml"));
    }

    private EvaluateBench.Figures figures(ResolvedStudy study) {
        Map<String, Tensor> inputs = new HashMap<>(Dataset.read(study.search()).arrays());
        inputs.remove(Dataset.TARGET);
        try {
            return new EvaluateBench(repetitions)
                    .run(study.spec().getName(), study.model(), study.aleph(), inputs, RunOptions.cpu());
        } catch (Exception e) {
            // ONNX Runtime's checked exceptions and whatever closing throws: nothing a caller could tell apart.
            throw new StackException(study.spec().getName() + " cannot be measured: " + e.getMessage(), e);
        }
    }

    private void print(EvaluateBench.Figures figures) {
        console.out()
                .println(
                        json
                                ? Json.line(figures.line())
                                : String.format(
                                        Locale.ROOT,
                                        "%-8s  %8d  %6d  %10.4f  %11.4f  %10.4f  %14.4f  %6.0f",
                                        figures.example(),
                                        figures.examples(),
                                        figures.parameters(),
                                        figures.naiveMillis(),
                                        figures.promotedMillis(),
                                        figures.splitMillis(),
                                        figures.bareSuffixMillis(),
                                        figures.naiveMillis() / figures.splitMillis()));
        console.out().flush();
    }
}
