package io.afterlearner.local.cli.retrofit;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.Follow;
import io.afterlearner.local.cli.session.Results;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.report.file.VerdictLedger;
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

/** Runs a resolved study to its end and writes its results. */
record Retrofit(Console console, Session session, ResolvedStudy study, VerdictLedger ledger) {
    Result run(boolean fresh, Path folder) throws IOException, InterruptedException {
        session.requireServing(study.spec());
        Map<String, Studies.Known> known = Studies.of(session).byId();
        String plain = study.spec().getStudy();
        String id = fresh ? StudyId.fresh(plain, known.keySet()) : StudyId.latest(plain, known.keySet());
        if (session.isOwn()) {
            pauseOthers(id);
        }
        StudySpec spec = StudySpec.newBuilder(study.spec()).setStudy(id).build();
        Studies.Known before = known.get(id);
        begin(spec, before == null ? null : before.latest());
        StudyProgress end = new Follow(console, session, id, false)
                .untilOver(
                        session.isOwn()
                                ? "interrupted; run the same command to resume"
                                : "the study continues on the running stack; follow it with "
                                        + session.hint("study", "watch", id));
        return new Results(console, session, study.named(spec), ledger)
                .write(end, before != null && before.isOver(), folder);
    }

    /** Other studies on the session's own stack would take half of the machine. */
    private void pauseOthers(String id) throws InterruptedException {
        for (Studies.Known other : Studies.of(session).all()) {
            // An online study needs no evaluator, and no command of its own would resume it.
            boolean evaluates = !other.isOnline() && other.status().equals(StudyStatus.RUNNING.name());
            if (evaluates && !other.id().equals(id)) {
                session.optimizer().command(other.id(), Action.PAUSE, 0);
                console.note(
                        "study " + other.id() + " is paused while this one runs; run its own command to resume it");
            }
        }
    }

    private void begin(StudySpec spec, @Nullable Incumbent before) throws InterruptedException {
        if (before == null) {
            // Only the optimizer knows a study that was created and killed before its first event.
            if (!session.optimizer().create(spec)) {
                console.note("resuming study " + spec.getStudy() + " at its beginning");
            }
            return;
        }
        long ended = before.getTold() + before.getFailed() + before.getExpired();
        switch (before.getStatus()) {
            case FINISHED, STOPPED ->
                console.note("study " + spec.getStudy() + " is over already; writing its results again (--fresh starts"
                        + " a new study)");
            case PAUSED -> {
                console.note("resuming study " + spec.getStudy() + " at " + ended + " of " + before.getBudget());
                session.optimizer().command(spec.getStudy(), Action.RESUME, 0);
            }
            default -> console.note("resuming study " + spec.getStudy() + " at " + ended + " of " + before.getBudget());
        }
    }
}
