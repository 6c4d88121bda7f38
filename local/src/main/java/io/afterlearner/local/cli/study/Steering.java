package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Poll;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** Sends a command to a running study and waits until the services have carried it out. */
record Steering(Console console, StudyTarget target) {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final Duration EVERY = Duration.ofMillis(100);

    /**
     * @param done whether the optimizer has carried out the command
     * @param served whether the arms of an online study show that the feedback service has too; null if the command does
     *     not concern it
     * @throws StackException if the services do not carry it out in time
     */
    int send(Action action, long budget, Predicate<StudyProgress> done, @Nullable Predicate<ArmsState> served)
            throws InterruptedException {
        try (Session session = target.join()) {
            Studies.Known study = target.in(session);
            String id = study.id();
            Predicate<ArmsState> arms = study.isOnline() ? served : null;
            // The optimizer ignores commands to a study that is over; the feedback service still serves its champion.
            Predicate<StudyProgress> expected = arms == null ? done : done.or(StudyProgress::isOver);
            session.optimizer().command(id, action, budget);
            Optional<StudyProgress> progress = Poll.until(
                    TIMEOUT, EVERY, () -> session.optimizer().progress(id).filter(expected));
            if (progress.isEmpty()) {
                throw new StackException("study " + id + " did not carry out the command; it is "
                        + session.optimizer()
                                .progress(id)
                                .map(now -> lower(now.status()) + " with a budget of " + now.budget())
                                .orElse("unknown to the optimizer"));
            }
            String line = id + " " + lower(progress.get().status());
            return arms == null ? succeeded(line) : awaitServing(session, id, line, arms);
        }
    }

    private int awaitServing(Session session, String id, String line, Predicate<ArmsState> served)
            throws InterruptedException {
        Optional<ArmsState> state =
                Poll.until(TIMEOUT, EVERY, () -> state(session, id).filter(served));
        if (state.isPresent()) {
            return succeeded(line + ", " + words(state.get()));
        }
        throw new StackException("study " + line + ", but the feedback service has not followed: "
                + state(session, id).map(Steering::words).orElse("it does not serve the study yet")
                + "; see " + session.hint("study", "audit", id) + " for the reason and " + session.hint("status")
                + " for the feedback service");
    }

    private int succeeded(String line) {
        console.out().println(line);
        return ExitCode.OK;
    }

    private static Optional<ArmsState> state(Session session, String id) {
        return session.topics().arms(id).map(Arms::getState);
    }

    private static String words(ArmsState state) {
        return switch (state) {
            case HOLDING -> "no candidate is explored";
            case REVERTED -> "every unit gets the shipped model";
            default -> lower(state);
        };
    }

    private static String lower(Object word) {
        return word.toString().toLowerCase(Locale.ROOT);
    }
}
