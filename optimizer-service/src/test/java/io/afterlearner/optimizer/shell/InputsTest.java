package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.optimizer.core.Status;
import io.afterlearner.schemas.Action;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.Covariate;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Pace;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Unit;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InputsTest {

    @ParameterizedTest
    @CsvSource({
        "REVERT, true, RUNNING, true",
        "APPROVE, true, STOPPED, true",
        "REJECT, false, RUNNING, true",
        "RESUME, true, FINISHED, true",
        "STOP, true, FINISHED, true",
        "PAUSE, true, RUNNING, false",
        "RESUME, true, STOPPED, false",
        "RESUME, false, FINISHED, false",
        "EXTEND, true, FINISHED, false"
    })
    void afterTheLastCandidateOnlyTheFeedbackServiceHasSomethingToPause(
            Action action, boolean online, Status status, boolean forOthers) {
        StudySpec spec = Messages.spec("s", 10, 1);
        spec.put("online", online ? section() : null);

        assertEquals(forOthers, Inputs.isForOthers(Messages.command("s", "c", action, 0), spec, status));
    }

    private static OnlineSpec section() {
        Metric click =
                new Metric("click", Aggregate.RATE, Goal.MAXIMIZE, 0.0, 1.0, 0.0, null, 1.0, null, Covariate.NONE);
        return new OnlineSpec(
                Unit.USER,
                0.2,
                0.1,
                click,
                1_000L,
                9L,
                0.25,
                List.of(),
                0.95,
                false,
                0L,
                0L,
                0L,
                List.of(),
                new Pace(0L, 0L, 0L, List.of()),
                0L);
    }
}
