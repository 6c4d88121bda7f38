package io.afterlearner.local.cli.session;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Farewell;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StudyProgress;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Watches a study until it is over, through deaths of the optimizer too. */
public final class Follow {
    private static final long EVERY_MILLIS = 100;
    private static final long SILENT_AT_MOST_SECONDS = 60;

    private final Console console;
    private final Session session;
    private final String study;
    private final boolean online;

    /** @param online whether the study's losses are differences to what control measured */
    public Follow(Console console, Session session, String study, boolean online) {
        this.console = console;
        this.session = session;
        this.study = study;
        this.online = online;
    }

    /**
     * @param interrupted what to say if the user ends the process before
     * @throws StackException if a service cannot be kept running or nothing was heard for a minute
     */
    public StudyProgress untilOver(String interrupted) throws InterruptedException {
        ProgressLine progress = new ProgressLine(console, online);
        Farewell farewell = new Farewell(() -> progress.end(interrupted));
        try {
            long heardNanos = System.nanoTime();
            while (true) {
                Optional<StudyProgress> view = view();
                if (view.isPresent()) {
                    heardNanos = System.nanoTime();
                    progress.show(view.get(), heardNanos);
                    if (view.get().isOver()) {
                        return view.get();
                    }
                }
                session.failure().ifPresent(reason -> {
                    throw new StackException(reason);
                });
                if (System.nanoTime() - heardNanos > TimeUnit.SECONDS.toNanos(SILENT_AT_MOST_SECONDS)) {
                    throw new StackException("no progress from the optimizer on study " + study + " for "
                            + SILENT_AT_MOST_SECONDS + " s; see its log with ./afterlearner status");
                }
                Thread.sleep(EVERY_MILLIS);
            }
        } finally {
            progress.end();
            farewell.forget();
        }
    }

    private Optional<StudyProgress> view() throws InterruptedException {
        try {
            return session.optimizer().progress(study);
        } catch (IOException e) {
            // It is starting again, or going down with us: the silence is timed by the caller.
            return Optional.empty();
        }
    }
}
