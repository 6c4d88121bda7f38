package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.serving.ApproveCommand;
import io.afterlearner.local.cli.serving.AuditCommand;
import io.afterlearner.local.cli.serving.ChampionCommand;
import io.afterlearner.local.cli.serving.RejectCommand;
import io.afterlearner.local.cli.serving.RevertCommand;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code study}: look at studies, and steer them. */
@Command(
        name = "study",
        description = "Creates, shows and controls studies.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CreateCommand.class,
            ListCommand.class,
            ShowCommand.class,
            ExportCommand.class,
            WatchCommand.class,
            PauseCommand.class,
            ResumeCommand.class,
            StopCommand.class,
            ExtendCommand.class,
            ChampionCommand.class,
            RevertCommand.class,
            AuditCommand.class,
            ApproveCommand.class,
            RejectCommand.class
        },
        footer = {
            "",
            "champion, revert, audit, approve and reject are for online studies.",
            "list, show, export, champion, audit and revert need Kafka and no service, and start it where",
            "no stack runs; the others need ./afterlearner up.",
            "",
            "Examples:",
            "  ./afterlearner study list",
            "  ./afterlearner study show depth",
            "  ./afterlearner study extend depth --budget 600",
            "  ./afterlearner study create online.yaml && ./afterlearner study champion ranking",
            "  ./afterlearner study export depth --out history.csv"
        })
public final class StudyCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "which command? create, list, show, export, watch, pause, resume, stop, …;");
        }
    }
}
