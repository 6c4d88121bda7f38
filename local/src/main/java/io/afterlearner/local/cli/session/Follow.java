package io.afterlearner.local.cli.session;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Farewell;
import io.afterlearner.local.stack.Poll;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StudyProgress;
import java.time.Duration;
import java.util.Optional;

/**
 * Shows the progress of a study until it is over. Restarts of the optimizer do not end it.
 *
 * @param online whether the study's losses are differences from control
 */
public record Follow(Console console, Session session, String study, boolean online) {
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final Duration MAX_SILENCE = Duration.ofSeconds(60);

    /**
     * @param interrupted the message if the user ends the process before
     * @throws StackException if a service cannot be kept running, or the optimizer is silent for a minute
     */
    public StudyProgress untilOver(String interrupted) throws InterruptedException {
        ProgressLine progress = new ProgressLine(console, online);
        Farewell farewell = new Farewell(() -> progress.end(interrupted));
        try {
            while (true) {
                StudyProgress view = Poll.until(MAX_SILENCE, EVERY, this::view)
                        .orElseThrow(
                                () -> new StackException("no progress from the optimizer on study " + study + " for "
                                        + MAX_SILENCE.toSeconds() + " s; see its log with " + session.hint("status")));
                progress.show(view, System.nanoTime());
                if (view.isOver()) {
                    return view;
                }
                Thread.sleep(EVERY.toMillis());
            }
        } finally {
            progress.end();
            farewell.forget();
        }
    }

    private Optional<StudyProgress> view() throws InterruptedException {
        session.requireServices();
        return session.optimizer().progress(study);
    }
}
