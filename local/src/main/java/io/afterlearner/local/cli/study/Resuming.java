package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.serving.Held;
import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Poll;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.StudyStatus;
import io.afterlearner.study.InputException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;

/** Resumes a study that is paused, reverted or held. */
record Resuming(Console console, StudyTarget target) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofMillis(200);

    int send() throws InterruptedException {
        try (Session session = target.join()) {
            Studies.Known study = target.in(session);
            List<ArmsChange> audit = study.isOnline() ? session.topics().audit(study.id()) : List.of();
            String refusal =
                    refusal(study.latest() == null ? null : study.latest().getStatus(), study.isOnline(), audit);
            if (refusal != null) {
                throw new InputException("afterlearner: study " + study.id() + " " + refusal);
            }
            if (study.isOver()) {
                return finished(session, study.id(), resumes(audit));
            }
        }
        return new Steering(console, target)
                .send(Action.RESUME, 0, progress -> !progress.isPaused(), state -> state == ArmsState.EXPLORING);
    }

    /** Why there is nothing to resume, and what to do instead; null if there is. */
    static @Nullable String refusal(@Nullable StudyStatus status, boolean isOnline, List<ArmsChange> audit) {
        ArmsChange holder = Held.holder(audit);
        if (status == StudyStatus.STOPPED) {
            return "was stopped, which is final; study create --fresh creates it anew";
        }
        if (isOnline && holder != null && holder.getAction() == ArmsAction.STOP) {
            return "explores no more: " + holder.getReason()
                    + "; study create --fresh creates it anew, with other limits";
        }
        return status == StudyStatus.FINISHED && holder == null
                ? "is finished, because each of its candidates has ended: nothing is paused or held; study extend gives it"
                        + " a larger budget"
                : null;
    }

    /** The search of a finished study is over, but duels of what it scored may go on. */
    private int finished(Session session, String id, long before) throws InterruptedException {
        session.optimizer().command(id, Action.RESUME, 0);
        Optional<Arms> arms = Poll.until(
                TIMEOUT,
                EVERY,
                () -> resumes(session.topics().audit(id)) > before
                        ? session.topics().arms(id)
                        : Optional.empty());
        String state = arms.map(now -> now.getState().name().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new StackException("study " + id
                        + " was not resumed; check that the feedback service runs with " + session.hint("status")));
        console.out().println(id + " finished, " + state);
        console.aside("no candidate is asked any more, because the budget is used; duels of those scored go on; "
                + session.hint("study", "extend", id) + " --budget N asks for more");
        return ExitCode.OK;
    }

    private static long resumes(List<ArmsChange> audit) {
        return audit.stream()
                .filter(change -> change.getAction() == ArmsAction.RESUME)
                .count();
    }
}
