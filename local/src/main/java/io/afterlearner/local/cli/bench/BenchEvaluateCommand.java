package io.afterlearner.local.cli.bench;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.run.RunOptions;
import io.afterlearner.benchmarks.EvaluateBench;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Options;
import io.afterlearner.local.cli.console.Repository;
import io.afterlearner.local.stack.Home;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.ResolvedStudy;
import io.afterlearner.study.resolve.Resolver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench evaluate}: what a candidate costs. */
@Command(
        name = "evaluate",
        description = {
            "Measures the CPU milliseconds per candidate on one thread, over all examples of the search " + "split.",
            "Measures four ways: naive (load the candidate's model and run it), promoted (run the whole "
                    + "graph with ℵ as inputs), split (run only what depends on ℵ, on cached results of the rest), and "
                    + "bare suffix (the same part in ONNX Runtime alone)."
        },
        footer = {"", "Example:", "  ./afterlearner bench evaluate examples/digits/study.yaml --json"})
final class BenchEvaluateCommand implements Callable<Integer> {
    @Mixin
    private final BenchOutput output;

    @Parameters(
            paramLabel = "STUDY.yaml",
            arity = "0..*",
            description = "Studies (default: the examples digits and depth).")
    private List<Path> studies = new ArrayList<>();

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "200",
            description =
                    "Candidates measured in the cheap ways; a tenth in the costly ones (default: ${DEFAULT-VALUE}).")
    private int repetitions;

    BenchEvaluateCommand(Console console) {
        output = new BenchOutput(console);
    }

    @Override
    public Integer call() {
        Options.requireWithin("--repetitions", repetitions, 1, 1_000_000);
        output.text("study     examples       ℵ    naive ms  promoted ms    split ms  bare suffix ms   ratio");
        Path downloads = Home.of(null).downloads();
        for (Path study : studies.isEmpty() ? examples() : studies) {
            print(figures(new Resolver(StudyFile.read(study.toString(), study, downloads)).resolve()));
        }
        return ExitCode.OK;
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
            // ONNX Runtime's checked exceptions and whatever closing throws: the caller handles all of them alike.
            throw new StackException(study.spec().getName() + " cannot be measured: " + e.getMessage(), e);
        }
    }

    private void print(EvaluateBench.Figures figures) {
        output.row(
                figures.line(),
                "%-8s  %8d  %6d  %10.4f  %11.4f  %10.4f  %14.4f  %6.0f",
                figures.example(),
                figures.examples(),
                figures.parameters(),
                figures.naiveMillis(),
                figures.promotedMillis(),
                figures.splitMillis(),
                figures.bareSuffixMillis(),
                figures.naiveMillis() / figures.splitMillis());
    }
}
