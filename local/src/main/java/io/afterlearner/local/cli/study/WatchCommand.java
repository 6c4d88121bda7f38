package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.session.Follow;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StudyProgress;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code study watch}. */
@Command(
        name = "watch",
        description = "Shows the progress of a study until it is over.",
        footer = {"", "Example:", "  ./afterlearner study watch depth"})
final class WatchCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    WatchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (Session session = target.join()) {
            Studies.Known study = target.in(session);
            String id = study.id();
            StudyProgress end = new Follow(console, session, id, study.isOnline())
                    .untilOver("the study continues without this command");
            console.out().println(id + " " + end.status().toLowerCase(Locale.ROOT));
        }
        return ExitCode.DONE;
    }
}
