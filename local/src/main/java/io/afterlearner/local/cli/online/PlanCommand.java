package io.afterlearner.local.cli.online;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.local.cli.session.HomeOption;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.study.InputException;
import io.afterlearner.study.files.Artifacts;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code online plan}. */
@Command(
        name = "plan",
        description =
                "Says what an online study takes and what it can show with your traffic, before it begins: how long a"
                        + " candidate, a duel and the whole budget take, which lifts can be shown, which guardrails cannot be shown to be"
                        + " kept, and what would have to change. It needs no stack and starts nothing.",
        footer = {
            "",
            "Examples:",
            "  ./afterlearner online plan online.yaml --units-per-day 50000 --baseline 0.04",
            "  ./afterlearner online plan online.yaml --units-per-day 8000 --baseline 1.3 --sd 4 \\",
            "      --visits-per-unit 3 --guardrail latencyMillis=120,60 --guardrail errors=0.01",
            "  ./afterlearner online plan online.yaml --units-per-day 50000 --baseline 0.04 --json",
            "",
            "It exits with 0 also if the study cannot show anything; docs/online.md explains the figures."
        })
final class PlanCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "STUDY.yaml", description = "Online study to plan.")
    private @Nullable Path file;

    @Mixin
    private final TrafficOptions traffic = new TrafficOptions();

    @Option(
            names = "--lift",
            paramLabel = "LIFT",
            split = ",",
            description = "Lifts to plan duels for, relative to the baseline (default: 0.05,0.1,0.2,0.4).")
    private @Nullable List<Double> lifts;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Mixin
    private final HomeOption home = new HomeOption();

    PlanCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Path given = Objects.requireNonNull(file);
        StudySpec spec = new Resolver(StudyFile.read(
                        given.toString(), given, Artifacts.downloads(home.home().downloads(), console::aside)))
                .spec();
        if (spec.getOnline() == null) {
            throw new InputException(
                    given + ": is not an online study, so its time depends on your machine and not on traffic",
                    "plan a study that has online:");
        }
        StudyPlan plan = StudyPlan.of(spec, traffic);
        List<Double> planned = lifts(plan);
        List<String> advice = Advice.of(plan, planned);
        console.out()
                .print(
                        json
                                ? Json.line(PlanFields.of(plan, planned, advice)) + "\n"
                                : PlanText.of(plan, planned, advice));
        console.out().flush();
        return ExitCode.OK;
    }

    private List<Double> lifts(StudyPlan plan) {
        if (lifts == null) {
            return plan.usualLifts();
        }
        // Beyond it, the level would lie outside the metric's range.
        double most = plan.forecast().mostLift();
        lifts.forEach(lift -> {
            if (!(lift >= StudyPlan.LEAST_LIFT && lift <= most)) {
                throw new InputException(
                        most < StudyPlan.LEAST_LIFT
                                ? "afterlearner: --lift: the metric's range ends less than " + StudyPlan.LEAST_LIFT
                                        + " from the baseline, relative to it"
                                : "afterlearner: --lift must be " + StudyPlan.LEAST_LIFT + " to " + Words.atMost(most)
                                        + ", where the metric's range ends, not " + Words.exact(lift),
                        most < StudyPlan.LEAST_LIFT ? "omit --lift to see what can be done" : "a lift of 10 % is 0.1");
            }
        });
        return lifts.stream().distinct().toList();
    }
}
