package io.afterlearner.local.cli.retrofit;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Version;
import io.afterlearner.local.cli.session.Follow;
import io.afterlearner.local.cli.session.Pools;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.report.Delivery;
import io.afterlearner.report.result.History;
import io.afterlearner.report.result.HistoryEntry;
import io.afterlearner.report.result.Result;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Incumbent;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.study.StudyId;
import io.afterlearner.study.resolve.ResolvedStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One retrofit, from a study that fits its model to the files on disk. */
final class Retrofit {
    private static final int MOST_READS = 50;
    private static final long READ_AGAIN_MILLIS = 200;

    private final Console console;
    private final Session session;
    private final ResolvedStudy study;

    Retrofit(Console console, Session session, ResolvedStudy study) {
        this.console = console;
        this.session = session;
        this.study = study;
    }

    Result run(boolean fresh, Path folder) throws IOException, InterruptedException {
        Pools.check(session.state(), study.spec());
        Map<String, Incumbent> known = session.topics().incumbents();
        String plain = study.spec().getStudy();
        String id = fresh ? StudyId.fresh(plain, known.keySet()) : StudyId.latest(plain, known.keySet());
        if (session.isOwn()) {
            pauseOthers(id);
        }
        StudySpec spec = StudySpec.newBuilder(study.spec()).setStudy(id).build();
        begin(spec, known.get(id));
        StudyProgress end = new Follow(console, session, id, false)
                .untilOver(
                        session.isOwn()
                                ? "interrupted; the same command goes on from here"
                                : "the study goes on without you: ./afterlearner study watch " + id);
        refuseNothing(end);
        ResolvedStudy named =
                new ResolvedStudy(spec, study.model(), study.aleph(), study.loss(), study.search(), study.test());
        console.aside("scoring the shipped and the retrofitted model on both splits …");
        return new Delivery(named, Version.number())
                .write(
                        new Delivery.Ending(
                                end.status(), end.number(), end.asked(), end.learnedNats(), end.explanation()),
                        history(spec, end),
                        folder);
    }

    /** A stack of our own is for this study: what else was left running waits, or it would take half of the machine. */
    private void pauseOthers(String id) throws InterruptedException {
        for (Studies.Known other : Studies.of(session).all()) {
            // An online one takes no evaluator, and has no command of its own that would resume it.
            boolean evaluates = !other.isOnline() && other.status().equals(StudyStatus.RUNNING.name());
            if (evaluates && !other.id().equals(id)) {
                session.optimizer().command(other.id(), Action.PAUSE, 0);
                console.note("study " + other.id() + " is paused meanwhile; its own command resumes it");
            }
        }
    }

    private void begin(StudySpec spec, @Nullable Incumbent before) throws InterruptedException {
        if (before == null) {
            // One that was created and killed before its first event is known to the optimizer alone.
            if (!session.optimizer().create(spec)) {
                console.note("resuming study " + spec.getStudy() + " at its beginning");
            }
            return;
        }
        long ended = before.getTold() + before.getFailed() + before.getExpired();
        switch (before.getStatus()) {
            case FINISHED, STOPPED ->
                console.note("study " + spec.getStudy() + " is over already: writing its results again; --fresh begins"
                        + " anew");
            case PAUSED -> {
                console.note("resuming study " + spec.getStudy() + " at " + ended + " of " + before.getBudget());
                session.optimizer().command(spec.getStudy(), Action.RESUME, 0);
            }
            default -> console.note("resuming study " + spec.getStudy() + " at " + ended + " of " + before.getBudget());
        }
    }

    private static void refuseNothing(StudyProgress end) {
        if (end.told() == 0) {
            String reason = end.reason();
            throw new StackException("study " + end.study() + " has no result: "
                    + (reason == null ? "no candidate could be scored" : reason) + "; see ./afterlearner study export "
                    + end.study());
        }
    }

    /** All events: the optimizer may speak of a candidate before its event can be read. */
    private History history(StudySpec spec, StudyProgress end) throws InterruptedException {
        long timeout = spec.getEvaluation().getTimeoutMillis();
        for (int read = 0; read < MOST_READS; read++) {
            History history = History.of(session.topics().trials(spec.getStudy()), timeout);
            if (history.entries().size() - history.count(HistoryEntry.Status.OUTSTANDING) >= end.ended()) {
                return history;
            }
            Thread.sleep(READ_AGAIN_MILLIS);
        }
        throw new StackException("study " + end.study() + " has " + end.ended()
                + " candidates but topic trials has fewer; run the same command again");
    }
}
