package io.afterlearner.local.cli.serving;

import io.afterlearner.aleph.Printable;
import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.session.StudyTarget;
import io.afterlearner.local.stack.Session;
import io.afterlearner.schemas.Arms;
import io.afterlearner.study.InputException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code study revert}. */
@Command(
        name = "revert",
        description = "Serves ℵ₀ to all users immediately, until you resume the study. Needs only Kafka, no service.",
        footer = {
            "",
            "Examples:",
            "  ./afterlearner study revert ranking --reason \"complaints since noon\"",
            "  ./afterlearner study resume ranking"
        })
public final class RevertCommand implements Callable<Integer> {
    private static final int MAX_REASON_CHARACTERS = 1_000;

    private final Console console;

    @Option(names = "--reason", paramLabel = "TEXT", description = "Reason, for the audit trail.")
    private String reason = "reverted by hand";

    @Mixin
    private final StudyTarget target = new StudyTarget();

    RevertCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (reason.isBlank() || reason.length() > MAX_REASON_CHARACTERS) {
            throw new InputException("afterlearner: --reason must be 1 to " + MAX_REASON_CHARACTERS + " characters");
        }
        try (Session session = target.open()) {
            String id = target.onlineIn(session).id();
            Arms arms = session.reverting()
                    .revert(id, Printable.line(reason))
                    .orElseThrow(() -> Serving.notBegun(session, id));
            console.out().println(id + " reverted");
            console.aside("all users get ℵ₀ as soon as the applications read revision " + arms.getRevision() + "; "
                    + session.hint("study", "resume", id) + " starts exploring again");
        }
        return ExitCode.OK;
    }
}
