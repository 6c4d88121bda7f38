package io.afterlearner.local.cli.bench;

import picocli.CommandLine.Command;

/** {@code bench}: speed and quality. */
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
        footer = {"", "Examples:", "  ./afterlearner bench loop --json", "  ./afterlearner bench quality"})
public final class BenchCommand {}
