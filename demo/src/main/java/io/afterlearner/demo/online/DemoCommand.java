package io.afterlearner.demo.online;

import io.afterlearner.local.cli.CommandProvider;
import picocli.CommandLine.Command;

/** {@code demo}, which adds itself to the command line. */
@Command(
        name = "demo",
        description = "Runs a demonstration with simulated users.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = DemoOnlineCommand.class,
        footer = {"", "Example:", "  ./afterlearner demo online"})
public final class DemoCommand implements CommandProvider {
    @Override
    public Class<?> command() {
        return DemoCommand.class;
    }
}
