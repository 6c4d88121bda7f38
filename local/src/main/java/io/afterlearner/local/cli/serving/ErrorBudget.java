package io.afterlearner.local.cli.serving;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Poll;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.study.InputException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** Gives an online study a new error budget, in addition to the one it spent. */
public record ErrorBudget(Console console, StudyTarget target) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofMillis(200);

    /** Sends the command and waits until the feedback service has carried it out. */
    public int grant() throws InterruptedException {
        try (Session session = target.join()) {
            String id = target.onlineIn(session).id();
            List<ArmsChange> audit = session.topics().audit(id);
            if (!isSpent(audit)) {
                throw new InputException(
                        "afterlearner: the error budget of study " + id
                                + " is not spent, and another one would allow the same"
                                + " probability of a wrong promotion once more",
                        "grant one when " + session.hint("study", "audit", id) + " shows exhausted");
            }
            long before = grants(audit);
            session.optimizer().command(id, Action.GRANT, 0);
            long now = Poll.until(
                            TIMEOUT,
                            EVERY,
                            () -> Optional.of(grants(session.topics().audit(id)))
                                    .filter(count -> count > before))
                    .orElseThrow(() -> new StackException("study " + id
                            + " did not get a new error budget; check that it has not"
                            + " been stopped and that the feedback service runs with " + session.hint("status")));
            console.out().println(id + " error budget granted, " + now + (now == 1 ? " time" : " times") + " in all");
            return ExitCode.OK;
        }
    }

    /** Whether it was spent, and nobody granted another one since. */
    static boolean isSpent(List<ArmsChange> audit) {
        return audit.stream()
                .map(ArmsChange::getAction)
                .filter(action -> action == ArmsAction.EXHAUSTED || action == ArmsAction.GRANT)
                .reduce((first, second) -> second)
                .filter(action -> action == ArmsAction.EXHAUSTED)
                .isPresent();
    }

    private static long grants(List<ArmsChange> audit) {
        return audit.stream()
                .filter(change -> change.getAction() == ArmsAction.GRANT)
                .count();
    }
}
