package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Poll;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code study delete}. */
@Command(
        name = "delete",
        description =
                "Deletes a study that has ended, with its candidates and its verdict. This cannot be undone. The files"
                        + " that retrofit wrote stay, and so does the count of verdicts on its test split. A deleted"
                        + " online study serves no candidate and no champion any more.",
        footer = {
            "",
            "Asks first; without a terminal, --yes is required. Exit codes: 0 deleted; 1 the answer was no, or the",
            "stack failed; 2 there is no such study, it has not ended, or --yes is missing.",
            "",
            "Examples:",
            "  ./afterlearner study delete depth",
            "  ./afterlearner study stop depth && ./afterlearner study delete depth --yes"
        })
final class DeleteCommand implements Callable<Integer> {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration EVERY = Duration.ofMillis(100);

    private final Console console;

    @Option(
            names = {"-y", "--yes"},
            description = "Delete without asking.")
    private boolean yes;

    @Mixin
    private final StudyTarget target = new StudyTarget();

    DeleteCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (Session session = target.join()) {
            Studies.Known study = target.in(session);
            if (!study.isOver()) {
                throw new InputException(
                        "afterlearner: study " + study.id() + " has not ended",
                        "stop it first: " + session.hint("study", "stop", study.id()));
            }
            if (!isConfirmed(study)) {
                console.note("nothing was deleted");
                return ExitCode.SOFTWARE;
            }
            delete(session, study);
        }
        return ExitCode.OK;
    }

    private boolean isConfirmed(Studies.Known study) throws IOException {
        if (yes) {
            return true;
        }
        if (!console.canAsk()) {
            throw new InputException(
                    "afterlearner: study delete asks before it deletes, and there is no terminal to ask on",
                    "add --yes to delete " + study.id());
        }
        return console.asks("delete study " + study.id() + " (" + study.status().toLowerCase(Locale.ROOT)
                + ") for good? Files of its results stay.");
    }

    private void delete(Session session, Studies.Known study) throws InterruptedException {
        session.optimizer().delete(study.id());
        boolean gone = Poll.untilTrue(TIMEOUT, EVERY, () -> !isKnown(session, study));
        if (!gone) {
            throw new StackException("study " + study.id() + " was not deleted within " + TIMEOUT.toSeconds()
                    + " s; check the optimizer with " + session.hint("status") + " and run the same command again");
        }
        console.out().println(study.id() + " deleted");
        console.aside("the files that retrofit wrote stay; the same study.yaml now starts the study anew");
    }

    /** A study that was created again under the same name in the meantime is another study. */
    private static boolean isKnown(Session session, Studies.Known study) {
        Studies.Known now = Studies.of(session).byId().get(study.id());
        return now != null && now.spec().getIncarnation() == study.spec().getIncarnation();
    }
}
