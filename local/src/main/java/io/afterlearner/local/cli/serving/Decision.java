package io.afterlearner.local.cli.serving;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.ExitCode;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.study.InputException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A person's decision on the candidate that a study with {@code online.approval} proposes. */
record Decision(Console console, StudyTarget target) {
    private static final int MAX_LOOKS = 50;
    private static final long LOOK_EVERY_MILLIS = 200;
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
    int send(Action action) throws InterruptedException {
        try (Session session = target.join()) {
            String id = target.onlineIn(session).id();
            ArmsChange proposal = open(session.topics().audit(id))
                    .orElseThrow(() -> new InputException("afterlearner: study " + id
                            + " proposes no candidate now; see its history with ./afterlearner study audit " + id));
            session.optimizer().command(id, action, 0);
            for (int look = 0; look < MAX_LOOKS; look++) {
                List<ArmsChange> audit = session.topics().audit(id);
                if (open(audit).isEmpty()) {
                    ArmsAction answer = audit.get(audit.size() - 1).getAction();
                    console.out().println(id + " candidate " + proposal.getToNumber() + ": " + lower(answer));
                    return ExitCode.DONE;
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
            console.note(
                    "afterlearner: study " + id + " did not carry out the decision; check that the feedback service"
                            + " runs with ./afterlearner status");
            return ExitCode.FAILED;
        }
    }

    private static String lower(ArmsAction action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}
