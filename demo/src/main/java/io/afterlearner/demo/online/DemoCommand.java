package io.afterlearner.demo.online;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code demo}: something to look at. */
@Command(
        name = "demo",
        description = "Runs a demonstration with simulated users.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = DemoOnlineCommand.class,
        footer = {"", "Example:", "  ./afterlearner demo online"})
final class DemoCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "which demo? online;");
        }
    }
}
