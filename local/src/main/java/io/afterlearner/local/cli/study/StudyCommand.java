package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.serving.AuditCommand;
import io.afterlearner.local.cli.serving.ChampionCommand;
import io.afterlearner.local.cli.serving.Decision;
import io.afterlearner.local.cli.serving.ErrorBudget;
import io.afterlearner.local.cli.serving.ForgetUnitCommand;
import io.afterlearner.local.cli.serving.RevertCommand;
import io.afterlearner.local.cli.serving.WhyCommand;
import io.afterlearner.local.cli.session.Follow;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.ArmsState;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code study}, and those of its commands that steer a study. */
@Command(
        name = "study",
        description = "Creates, shows and controls studies.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            CreateCommand.class,
            ListCommand.class,
            ShowCommand.class,
            ExportCommand.class,
            DeleteCommand.class,
            ChampionCommand.class,
            RevertCommand.class,
            AuditCommand.class,
            WhyCommand.class,
            ForgetUnitCommand.class
        },
        footer = {
            "",
            "champion, revert, audit, why, approve, reject and forget-unit are for online studies.",
            "list, show, export, champion, revert, audit and why need only Kafka; they start a broker if",
            "no stack runs. The others need a stack: ./afterlearner up.",
            "",
            "Examples:",
            "  ./afterlearner study list",
            "  ./afterlearner study show depth",
            "  ./afterlearner study extend depth --budget 600",
            "  ./afterlearner study create online.yaml && ./afterlearner study champion ranking",
            "  ./afterlearner study export depth --out history.csv",
            "  ./afterlearner study delete depth"
        })
public final class StudyCommand {
    private final Console console;

    StudyCommand(Console console) {
        this.console = console;
    }

    @Command(
            description = "Shows the progress of a study until it is over.",
            footer = {"", "Example:", "  ./afterlearner study watch depth"})
    int watch(@Mixin StudyTarget target) throws InterruptedException {
        try (Session session = target.join()) {
            Studies.Known study = target.in(session);
            StudyProgress end = new Follow(console, session, study.id(), study.isOnline())
                    .untilOver("the study continues without this command");
            console.out().println(study.id() + " " + end.status().toLowerCase(Locale.ROOT));
        }
        return ExitCode.OK;
    }

    @Command(
            description = "Stops asking for new candidates until resumed; outstanding candidates are still scored."
                    + " An online study shows users no candidate: the client library serves the champion, and over HTTP an"
                    + " assignment is answered with 409 and the champion.",
            footer = {"", "Example:", "  ./afterlearner study pause depth"})
    int pause(@Mixin StudyTarget target) throws InterruptedException {
        return steering(target).send(Action.PAUSE, 0, StudyProgress::isPaused, state -> state != ArmsState.EXPLORING);
    }

    @Command(
            description = "Resumes a paused study, or an online study that was reverted or is held by an alarm.",
            footer = {"", "Example:", "  ./afterlearner study resume depth"})
    int resume(@Mixin StudyTarget target) throws InterruptedException {
        return new Resuming(console, target).send();
    }

    @Command(
            description = "Ends a study for good. Its results stay, and an online study keeps serving its champion.",
            footer = {"", "Example:", "  ./afterlearner study stop depth"})
    int stop(@Mixin StudyTarget target) throws InterruptedException {
        return steering(target).send(Action.STOP, 0, StudyProgress::isOver, state -> state != ArmsState.EXPLORING);
    }

    @Command(
            description = "Gives a study a larger budget; a finished study continues.",
            footer = {"", "Example:", "  ./afterlearner study extend depth --budget 600"})
    int extend(
            @Mixin StudyTarget target,
            @Option(
                            names = "--budget",
                            paramLabel = "N",
                            required = true,
                            description = "New total number of candidates.")
                    long budget)
            throws InterruptedException {
        return steering(target).send(Action.EXTEND, budget, progress -> progress.budget() >= budget, null);
    }

    @Command(
            description = "Makes the candidate that a study proposes its champion (with online.approval: true).",
            footer = {"", "Example:", "  ./afterlearner study approve ranking"})
    int approve(@Mixin StudyTarget target) throws InterruptedException {
        return new Decision(console, target).send(Action.APPROVE);
    }

    @Command(
            description = "Keeps the champion and never proposes that candidate again (with online.approval: true).",
            footer = {"", "Example:", "  ./afterlearner study reject ranking"})
    int reject(@Mixin StudyTarget target) throws InterruptedException {
        return new Decision(console, target).send(Action.REJECT);
    }

    @Command(
            description =
                    "Gives an online study a new error budget when its own is spent (EXHAUSTED in its audit log): the chance of a"
                            + " wrong promotion, 1 - online.confidence, is taken once more.",
            footer = {"", "Example:", "  ./afterlearner study grant ranking"})
    int grant(@Mixin StudyTarget target) throws InterruptedException {
        return new ErrorBudget(console, target).grant();
    }

    private Steering steering(StudyTarget target) {
        return new Steering(console, target);
    }
}
