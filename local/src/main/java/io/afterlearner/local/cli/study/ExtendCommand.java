package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.schemas.Action;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code study extend}. */
@Command(
        name = "extend",
        description = "Gives a study a larger budget; a finished study continues.",
        footer = {"", "Example:", "  ./afterlearner study extend depth --budget 600"})
final class ExtendCommand implements Callable<Integer> {
    private final Console console;

    @Option(names = "--budget", paramLabel = "N", required = true, description = "New total number of candidates.")
    private long budget;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    ExtendCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        return new Steering(console, target).send(Action.EXTEND, budget, progress -> progress.budget() >= budget, null);
    }
}
