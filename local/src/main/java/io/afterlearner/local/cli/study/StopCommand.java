package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.ArmsState;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code study stop}. */
@Command(
        name = "stop",
        description = "Ends a study for good. Its results stay, and an online study keeps serving its champion.",
        footer = {"", "Example:", "  ./afterlearner study stop depth"})
final class StopCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    StopCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new Steering(console, target)
                .send(Action.STOP, 0, StudyProgress::isOver, state -> state != ArmsState.EXPLORING);
    }
}
