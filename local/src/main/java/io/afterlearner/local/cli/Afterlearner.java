package io.afterlearner.local.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root: does nothing by itself but hold the commands. */
@Command(
        name = "afterlearner",
        description = "Retrofits a fully trained ONNX model: moves a few of its parameters until a score it was never"
                + " trained for gets better. No gradient, no retraining.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        subcommands = {
            RetrofitCommand.class,
            InspectCommand.class,
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            StudyCommand.class,
            BenchCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  ./afterlearner retrofit examples/depth/study.yaml      make the example's model better",
            "  ./afterlearner inspect model.onnx                      list the tensors that could be moved",
            "  ./afterlearner up && ./afterlearner study list         keep a stack running, ask it",
            "",
            "Exit codes: 0 done, 2 the input is wrong (one line says where and how to mend it), 1 anything else.",
            "Everything is kept in ~/.afterlearner; --home or AFTERLEARNER_HOME chooses another folder."
        })
final class Afterlearner implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "say which command: retrofit, inspect, up, down, …;");
        }
    }
}
