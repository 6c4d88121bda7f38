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
                "Looks at studies and steers them. NAME is a study's id, or its name for the latest of that name.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StudyReading.ListCommand.class,
            StudyReading.ShowCommand.class,
            StudyReading.ExportCommand.class,
            StudySteering.WatchCommand.class,
            StudySteering.PauseCommand.class,
            StudySteering.ResumeCommand.class,
            StudySteering.StopCommand.class,
            StudySteering.ExtendCommand.class
        },
        footer = {
            "",
            "list, show and export work with and without a running stack; the others need ./afterlearner up.",
            "",
            "Examples:",
            "  ./afterlearner study list",
            "  ./afterlearner study show depth",
            "  ./afterlearner study extend depth --budget 600",
            "  ./afterlearner study export depth --out history.csv"
        })
final class StudyCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(
                    spec.commandLine(), "say what: list, show, export, watch, pause, resume, stop or extend;");
        }
    }
}
