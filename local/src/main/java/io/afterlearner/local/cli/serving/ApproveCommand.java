package io.afterlearner.local.cli.serving;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.schemas.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code study approve}. */
@Command(
        name = "approve",
        description =
                "Makes the candidate that a study proposes its champion (for studies with online.approval: true).",
        footer = {"", "Example:", "  ./afterlearner study approve ranking"})
public final class ApproveCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    ApproveCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new Decision(console, target).send(Action.APPROVE);
    }
}
