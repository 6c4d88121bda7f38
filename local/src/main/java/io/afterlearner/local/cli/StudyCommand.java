package io.afterlearner.local.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code study}: look at studies, and steer them. */
@Command(
        name = "study",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "Begins studies, looks at them and steers them. NAME is a study's id, or its name for the latest of that name.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StudyCreating.class,
            StudyReading.ListCommand.class,
            StudyReading.ShowCommand.class,
            StudyReading.ExportCommand.class,
            StudySteering.WatchCommand.class,
            StudySteering.PauseCommand.class,
            StudySteering.ResumeCommand.class,
            StudySteering.StopCommand.class,
            StudySteering.ExtendCommand.class,
            StudyServing.ChampionCommand.class,
            StudyServing.RevertCommand.class,
            StudyServing.AuditCommand.class,
            StudyDeciding.ApproveCommand.class,
            StudyDeciding.RejectCommand.class
        },
        footer = {
            "",
            "champion, revert, audit, approve and reject are for online studies, which users judge.",
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
final class StudyCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "say what: create, list, show, export, watch, pause, resume, stop, …;");
        }
    }
}
