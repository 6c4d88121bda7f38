package io.afterlearner.local.cli;

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
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A person's word on a candidate that is shown to be better, where a study asks for it. */
final class StudyDeciding {
    private static final int LOOKS = 50;
    private static final long LOOK_EVERY_MILLIS = 200;
    /** What is proposed is so until one of these. */
    private static final Set<ArmsAction> CLOSING = EnumSet.of(
            ArmsAction.APPROVE,
            ArmsAction.REJECT,
            ArmsAction.PROMOTE,
            ArmsAction.ROLLBACK,
            ArmsAction.REVERT,
            ArmsAction.STOP);

    private StudyDeciding() {}

    /** The latest proposal nobody has answered. */
    static Optional<ArmsChange> open(List<ArmsChange> audit) {
        return audit.stream()
                .filter(change -> change.getAction() == ArmsAction.PROPOSE || CLOSING.contains(change.getAction()))
                .reduce((earlier, later) -> later)
                .filter(change -> change.getAction() == ArmsAction.PROPOSE);
    }

    private static int decide(Console console, StudyServing.Target target, Action action) throws InterruptedException {
        try (Session session = target.join()) {
            String id = target.online(session).id();
            List<ArmsChange> before = session.topics().audit(id);
            ArmsChange proposal = open(before)
                    .orElseThrow(() -> new InputException("afterlearner: study " + id
                            + " proposes no candidate now; ./afterlearner study audit " + id + " says what it did"));
            session.optimizer().command(id, action, 0);
            for (int look = 0; look < LOOKS; look++) {
                List<ArmsChange> after = session.topics().audit(id);
                if (open(after).isEmpty()) {
                    ArmsChange answer = after.get(after.size() - 1);
                    console.out()
                            .println(id + " candidate " + proposal.getToNumber() + ": "
                                    + answer.getAction().name().toLowerCase(Locale.ROOT));
                    return Main.DONE;
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
            console.note("afterlearner: study " + id + " did not follow; see that the feedback service runs with"
                    + " ./afterlearner status");
            return Main.FAILED;
        }
    }

    @Command(
            name = "approve",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Makes the candidate that a study proposes its champion (online.approval: true).",
            footer = {"", "Example:", "  ./afterlearner study approve ranking"})
    static final class ApproveCommand implements Callable<Integer> {
        private final Console console;

        @Mixin
        private final StudyServing.Target target = new StudyServing.Target();

        ApproveCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            return decide(console, target, Action.APPROVE);
        }
    }

    @Command(
            name = "reject",
            mixinStandardHelpOptions = true,
            versionProvider = Version.class,
            description = "Keeps the champion, and never proposes that candidate again (online.approval: true).",
            footer = {"", "Example:", "  ./afterlearner study reject ranking"})
    static final class RejectCommand implements Callable<Integer> {
        private final Console console;

        @Mixin
        private final StudyServing.Target target = new StudyServing.Target();

        RejectCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws InterruptedException {
            return decide(console, target, Action.REJECT);
        }
    }
}
