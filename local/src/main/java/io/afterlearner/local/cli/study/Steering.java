package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.OptimizerClient;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Sends a command to a running study and waits until the services have carried it out. */
record Steering(Console console, StudyTarget target) {
    private static final int MAX_LOOKS = 50;
    private static final long LOOK_EVERY_MILLIS = 100;

    /**
     * @param done whether the optimizer has carried out the command
     * @param served whether the arms of an online study show that the feedback service has too; null if the command does
     *     not concern it
     */
    int send(Action action, long budget, Predicate<StudyProgress> done, @Nullable Predicate<ArmsState> served)
            throws InterruptedException {
        try (Session session = target.join()) {
            Studies.Known study = target.in(session);
            boolean serves = served != null && study.isOnline();
            // The optimizer ignores commands to a study that is over; the feedback service still serves its champion.
            Predicate<StudyProgress> expected = serves ? done.or(StudyProgress::isOver) : done;
            session.optimizer().command(study.id(), action, budget);
            StudyProgress progress = await(session.optimizer(), study.id(), expected);
            if (progress == null || !expected.test(progress)) {
                console.note("afterlearner: study " + study.id() + " did not carry out the command; it is "
                        + (progress == null
                                ? "unknown to the optimizer"
                                : lower(progress.status()) + " with a budget of " + progress.budget()));
                return ExitCode.FAILED;
            }
            if (served != null && serves) {
                return awaitServing(session, progress, served);
            }
            console.out().println(study.id() + " " + lower(progress.status()));
            return ExitCode.DONE;
        }
    }

    private int awaitServing(Session session, StudyProgress progress, Predicate<ArmsState> served)
            throws InterruptedException {
        String line = progress.study() + " " + lower(progress.status());
        Arms arms = awaitArms(session, progress.study(), served);
        if (arms == null || !served.test(arms.getState())) {
            console.note("afterlearner: study " + line + ", but serving "
                    + (arms == null ? "has not begun" : "is " + lower(arms.getState()))
                    + "; see ./afterlearner study audit " + progress.study()
                    + " for the reason and ./afterlearner status for the feedback service");
            return ExitCode.FAILED;
        }
        console.out().println(line + ", " + lower(arms.getState()));
        return ExitCode.DONE;
    }

    private static @Nullable Arms awaitArms(Session session, String id, Predicate<ArmsState> served)
            throws InterruptedException {
        Arms arms = null;
        for (int look = 0; look < MAX_LOOKS; look++) {
            arms = session.topics().arms(id).orElse(null);
            if (arms != null && served.test(arms.getState())) {
                return arms;
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        return arms;
    }

    private static @Nullable StudyProgress await(OptimizerClient optimizer, String id, Predicate<StudyProgress> done)
            throws InterruptedException {
        StudyProgress progress = null;
        for (int look = 0; look < MAX_LOOKS; look++) {
            try {
                progress = optimizer.progress(id).orElse(null);
            } catch (IOException e) {
                // The optimizer may be restarting; the number of looks is limited.
                progress = null;
            }
            if (progress != null && done.test(progress)) {
                return progress;
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        return progress;
    }

    private static String lower(Object word) {
        return word.toString().toLowerCase(Locale.ROOT);
    }
}
