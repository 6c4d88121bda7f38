package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.ArmsState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code study pause}. */
@Command(
        name = "pause",
        description =
                "Stops asking for new candidates until resumed; outstanding candidates are still told. An online study keeps serving its champion and shows users no candidate.",
        footer = {"", "Example:", "  ./afterlearner study pause depth"})
final class PauseCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    PauseCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new Steering(console, target)
                .send(Action.PAUSE, 0, StudyProgress::isPaused, state -> state != ArmsState.EXPLORING);
    }
}
