package io.afterlearner.local.cli.session;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Version;
import io.afterlearner.local.stack.Poll;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.report.Delivery;
import io.afterlearner.report.file.VerdictLedger;
import io.afterlearner.report.result.History;
import io.afterlearner.report.result.HistoryEntry;
import io.afterlearner.report.result.Result;
import io.afterlearner.report.result.TestResult;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.study.resolve.ResolvedStudy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Predicate;

/** Writes the results of a study that is over. */
public record Results(Console console, Session session, ResolvedStudy study, VerdictLedger ledger) {
    private static final Duration HISTORY_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration READ_EVERY = Duration.ofMillis(200);

    /**
     * Writes all files of a {@link Delivery}.
     *
     * @param wasOver whether the study had ended before this command began
     */
    public Result write(StudyProgress end, boolean wasOver, Path folder) throws IOException, InterruptedException {
        requireResult(end);
        console.aside("scoring the shipped model and the best candidate on both splits …");
        TestResult test = new VerdictWait(console, session).of(end, wasOver);
        return new Delivery(study, ledger, Version.number())
                .write(
                        new Delivery.Ending(
                                end.status(),
                                end.number(),
                                end.budget(),
                                end.asked(),
                                end.learnedNats(),
                                end.explanation()),
                        history(study.spec(), end),
                        test,
                        folder);
    }

    private void requireResult(StudyProgress end) {
        if (end.told() == 0 || end.baselineLoss() == null) {
            String reason = end.reason();
            throw new StackException("study " + end.study() + " has no result: "
                    + (reason == null ? "no candidate could be scored" : reason) + "; see "
                    + session.hint("study", "export", end.study()));
        }
    }

    /** Complete: the optimizer may report a candidate before its event can be read. */
    private History history(StudySpec spec, StudyProgress end) throws InterruptedException {
        long timeout = spec.getEvaluation().getTimeoutMillis();
        Predicate<History> complete =
                history -> history.entries().size() - history.count(HistoryEntry.Status.OUTSTANDING) >= end.ended();
        return Poll.until(
                        HISTORY_TIMEOUT,
                        READ_EVERY,
                        () -> Optional.of(History.of(session.topics().trials(spec.getStudy()), timeout))
                                .filter(complete))
                .orElseThrow(() -> new StackException("study " + end.study() + " has " + end.ended()
                        + " candidates but topic " + Topics.TRIALS
                        + " has fewer: records were deleted or damaged; restore the topic,"
                        + " or run the study again under another name"));
    }
}
