package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.ArmsState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code study resume}. */
@Command(
        name = "resume",
        description = "Resumes a paused study or a reverted online study.",
        footer = {"", "Example:", "  ./afterlearner study resume depth"})
final class ResumeCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    ResumeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new Steering(console, target)
                .send(Action.RESUME, 0, progress -> !progress.isPaused(), state -> state == ArmsState.EXPLORING);
    }
}
