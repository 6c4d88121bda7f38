package io.afterlearner.local.cli.online;

import picocli.CommandLine.Command;

/** {@code online}. */
@Command(
        name = "online",
        description = "Plans online studies. Commands for studies that exist are under study.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = PlanCommand.class,
        footer = {"", "Example:", "  ./afterlearner online plan online.yaml --units-per-day 50000 --baseline 0.04"})
public final class OnlineCommand {}
