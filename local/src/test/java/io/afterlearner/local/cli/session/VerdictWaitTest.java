package io.afterlearner.local.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.stack.Poll;
import io.afterlearner.local.stack.StackException;
import io.afterlearner.schemas.EvaluationSpec;
import io.afterlearner.schemas.Failed;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.schemas.VerdictAnswer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictWaitTest {
    private static final Duration NOW = Duration.ZERO;
    private static final StudySpec SPEC = new StudySpec(
            "depth-1",
            "depth",
            0L,
            null,
            List.of(),
            null,
            null,
            null,
            new OptimizerSpec("auto", 10L, 1, 7L, 1, Noise.UNKNOWN, TellOrder.ARRIVAL),
            new EvaluationSpec(1_000L, "gpu", 0, Map.of(), 0.0, 3_600_000L),
            List.of(),
            null,
            0L,
            List.of());
    private static final VerdictAnswer ANSWER = new VerdictAnswer(
            "depth-1", 0L, 1L, new Failed("no", null), new Provenance("e", "1", null, null, "CPU", 1L, 1L, 1L));

    private final StringWriter said = new StringWriter();
    private final Console console = new Console(new PrintWriter(said), new PrintWriter(said), false, false, 80);

    private VerdictAnswer await(Duration limit, Duration remindAfter, Poll.Look<VerdictAnswer> look)
            throws InterruptedException {
        return VerdictWait.await(console, "./afterlearner status", SPEC, limit, remindAfter, look);
    }

    @Test
    void withoutAnEvaluatorTheWaitEndsWithALineThatSaysWhatToCheck() {
        StackException e = assertThrows(StackException.class, () -> await(NOW, NOW, Optional::empty));
        assertEquals(
                "no evaluator of pool gpu scored the test split of study depth-1 within 0 s; check the evaluators with"
                        + " ./afterlearner status and run the same command again",
                e.getMessage());
    }

    @Test
    void aLateAnswerIsAwaitedAndTheWaitIsExplainedOnce() throws InterruptedException {
        int[] looks = {0};
        VerdictAnswer answer =
                await(Duration.ofMinutes(2), NOW, () -> looks[0]++ < 3 ? Optional.empty() : Optional.of(ANSWER));
        assertEquals(ANSWER, answer);
        assertEquals(
                List.of("still waiting for an evaluator of pool gpu to score the test split, at most 120 s; see"
                        + " ./afterlearner status"),
                said.toString().lines().toList());
    }

    @Test
    void anEarlyAnswerIsTakenInSilence() throws InterruptedException {
        assertEquals(ANSWER, await(Duration.ofMinutes(2), Duration.ofMinutes(1), () -> Optional.of(ANSWER)));
        assertEquals("", said.toString());
    }
}
