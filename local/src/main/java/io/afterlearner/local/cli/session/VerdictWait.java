package io.afterlearner.local.cli.session;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.stack.Poll;
import io.afterlearner.local.stack.Session;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.local.stack.StudyProgress;
import io.afterlearner.report.result.TestResult;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.Verdicts;
import java.time.Duration;
import java.util.Optional;

/** Waits for the verdict on a study that has ended: an evaluator scores the test split. */
record VerdictWait(Console console, Session session) {
    /** A small test split is scored by then. Each look reads a topic. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private static final Duration LOOK_OFTEN = Duration.ofMillis(50);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);
    private static final Duration REMIND_AFTER = Duration.ofSeconds(15);

    /**
     * @param wasOver whether the study had ended before this command began; then its request may no longer exist
     * @throws StackException if no evaluator answers in time
     */
    TestResult of(StudyProgress end, boolean wasOver) throws InterruptedException {
        StudySpec spec = session.topics().studies().get(end.study());
        if (spec == null) {
            throw new StackException(
                    "study " + end.study() + " was deleted; run the same command again to start it anew");
        }
        if (spec.getTest() == null) {
            return TestResult.of(spec, end.number(), null);
        }
        Optional<VerdictAnswer> before = session.topics().verdict(spec, end.number());
        if (before.filter(Verdicts::isScored).isPresent()) {
            return TestResult.of(spec, end.number(), before.get());
        }
        if (wasOver) {
            session.optimizer().askForVerdict(end.study());
        }
        return TestResult.of(spec, end.number(), await(spec, end.number(), wasOver ? before : Optional.empty()));
    }

    /** @param old a failure that was answered before */
    private VerdictAnswer await(StudySpec spec, long number, Optional<VerdictAnswer> old) throws InterruptedException {
        return await(console, session.hint("status"), spec, limit(spec), REMIND_AFTER, () -> {
            session.requireServices();
            return session.topics()
                    .verdict(spec, number)
                    .filter(answer -> !Optional.of(answer).equals(old));
        });
    }

    /** As long as a candidate may wait for an evaluator, and then the time that scoring may take. */
    private static Duration limit(StudySpec spec) {
        return Verdicts.limit(spec).plusMillis(spec.getEvaluation().getWaitMillis());
    }

    /**
     * @param status the command that shows the evaluators
     * @param remindAfter when to say that no evaluator has answered yet
     */
    static VerdictAnswer await(
            Console console,
            String status,
            StudySpec spec,
            Duration limit,
            Duration remindAfter,
            Poll.Look<VerdictAnswer> look)
            throws InterruptedException {
        String pool = spec.getEvaluation().getPool();
        Duration often = SOON.compareTo(remindAfter) < 0 ? SOON : remindAfter;
        Optional<VerdictAnswer> answer = Poll.until(often, LOOK_OFTEN, look);
        if (answer.isEmpty()) {
            answer = Poll.until(remindAfter.minus(often), LOOK_EVERY, look);
        }
        if (answer.isEmpty()) {
            console.note("still waiting for an evaluator of pool " + pool + " to score the test split, at most "
                    + limit.toSeconds() + " s; see " + status);
            answer = Poll.until(limit.minus(remindAfter), LOOK_EVERY, look);
        }
        return answer.orElseThrow(() -> new StackException("no evaluator of pool " + pool
                + " scored the test split of study " + spec.getStudy() + " within " + limit.toSeconds()
                + " s; check the evaluators with " + status + " and run the same command again"));
    }
}
