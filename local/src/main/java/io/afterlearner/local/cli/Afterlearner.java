package io.afterlearner.local.cli;

import io.afterlearner.local.cli.bench.BenchCommand;
import io.afterlearner.local.cli.console.Version;
import io.afterlearner.local.cli.online.OnlineCommand;
import io.afterlearner.local.cli.retrofit.RetrofitCommand;
import io.afterlearner.local.cli.server.DownCommand;
import io.afterlearner.local.cli.server.StatusCommand;
import io.afterlearner.local.cli.server.UpCommand;
import io.afterlearner.local.cli.study.StudyCommand;
import io.afterlearner.local.cli.topics.TopicsCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/** The root command, which holds the others. */
@Command(
        name = "afterlearner",
        description = "Retrofits a fully trained ONNX model: changes a few of its parameters to improve a score it was"
                + " never trained for. No gradient, no retraining.",
        scope = ScopeType.INHERIT,
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
            OnlineCommand.class,
            KeysCommand.class,
            TopicsCommand.class,
            BenchCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  ./afterlearner retrofit examples/depth/study.yaml      improve the example model",
            "  ./afterlearner inspect model.onnx                      list the tensors that can be ℵ",
            "  ./afterlearner up && ./afterlearner study list         start a stack and use it",
            "",
            "Exit codes: 0 done; 2 wrong input, one line says where and how to fix it;",
            "3 the outcome is not the one of --require; 130 Ctrl-C; 1 any other failure.",
            "All data is kept in ~/.afterlearner; choose another folder with --home or AFTERLEARNER_HOME."
        })
final class Afterlearner {}
