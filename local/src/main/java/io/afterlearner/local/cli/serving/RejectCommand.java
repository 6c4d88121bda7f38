package io.afterlearner.local.cli.serving;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.schemas.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code study reject}. */
@Command(
        name = "reject",
        description =
                "Keeps the champion and never proposes that candidate again (for studies with online.approval: true).",
        footer = {"", "Example:", "  ./afterlearner study reject ranking"})
public final class RejectCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    RejectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new Decision(console, target).send(Action.REJECT);
    }
}
