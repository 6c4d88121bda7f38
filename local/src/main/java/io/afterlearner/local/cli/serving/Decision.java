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
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ExitCode;

/** A person's decision on the candidate that a study with {@code online.approval} proposes. */
public record Decision(Console console, StudyTarget target) {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration EVERY = Duration.ofMillis(200);
    /** Any of these closes a proposal. */
    private static final Set<ArmsAction> CLOSING = EnumSet.of(
            ArmsAction.APPROVE,
            ArmsAction.REJECT,
            ArmsAction.PROMOTE,
            ArmsAction.ROLLBACK,
            ArmsAction.REVERT,
            ArmsAction.STOP);

    /** The latest proposal, unless something closed it. */
    static Optional<ArmsChange> open(List<ArmsChange> audit) {
        return audit.stream()
                .filter(change -> change.getAction() == ArmsAction.PROPOSE || CLOSING.contains(change.getAction()))
                .reduce((earlier, later) -> later)
                .filter(change -> change.getAction() == ArmsAction.PROPOSE);
    }

    /** Sends the decision and waits until the feedback service has carried it out. */
    public int send(Action action) throws InterruptedException {
        try (Session session = target.join()) {
            String id = target.onlineIn(session).id();
            ArmsChange proposal = open(session.topics().audit(id))
                    .orElseThrow(() -> new InputException(
                            "afterlearner: study " + id + " proposes no candidate now; see its history with "
                                    + session.hint("study", "audit", id)));
            session.optimizer().command(id, action, 0);
            ArmsAction answer = Poll.until(
                            TIMEOUT, EVERY, () -> closing(session.topics().audit(id)))
                    .orElseThrow(() -> new StackException("study " + id + " did not carry out the decision; check that"
                            + " the feedback service runs with " + session.hint("status")));
            console.out()
                    .println(id + " candidate " + proposal.getToNumber() + ": "
                            + answer.name().toLowerCase(Locale.ROOT));
            return ExitCode.OK;
        }
    }

    /** The action that closed the proposal; empty while it is open. */
    private static Optional<ArmsAction> closing(List<ArmsChange> audit) {
        return open(audit).isPresent()
                ? Optional.empty()
                : Optional.of(audit.get(audit.size() - 1).getAction());
    }
}
