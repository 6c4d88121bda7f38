package io.afterlearner.local.cli.bench;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench}: how fast and how good things are. */
@Command(
        name = "bench",
        description = "Measures speed and optimization quality on this machine.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            BenchLoopCommand.class,
            BenchEvaluateCommand.class,
            BenchOnlineCommand.class,
            BenchQualityCommand.class,
            BenchAsktellCommand.class
        },
        footer = {"", "Example:", "  ./afterlearner bench loop --json", "  ./afterlearner bench quality"})
public final class BenchCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "which bench? loop, evaluate, online, quality or asktell;");
        }
    }
}
