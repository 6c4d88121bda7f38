package io.afterlearner.optimizer.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.Space;
import io.afterlearner.optimizer.core.Decider;
import io.afterlearner.optimizer.core.Event;
import io.afterlearner.optimizer.core.Input;
import io.afterlearner.optimizer.core.RunPlan;
import io.afterlearner.optimizer.core.Standing;
import io.afterlearner.optimizer.core.StudyState;
import io.afterlearner.schemas.TrialEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays logs written by version 0.1.0 before failures had typed causes. Each holds asked, told (with and without a
 * standard error), failed, expired, suggested and extended events; the online one is centred and reopened as well.
 */
class RecordedLogTest {

    @ParameterizedTest
    @ValueSource(strings = {"offline", "online"})
    void aLogOfTheFirstVersionReplaysToTheSameState(String kind) throws Exception {
        StudyState state = new StudyState(plan(kind), RecordedFailure.OWN);
        for (String line : resource(kind + ".log").lines().toList()) {
            state.apply(Events.event(
                    Messages.decode(TrialEvent.class, HexFormat.of().parseHex(line))));
        }
        assertEquals(resource(kind + ".state"), seen(state));
    }

    private static String resource(String file) throws IOException {
        try (var in = RecordedLogTest.class.getResourceAsStream("/recorded/" + file)) {
            return new String(Objects.requireNonNull(in, file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static RunPlan plan(String kind) {
        Space space = new Space(List.of(
                new Parameter.Real("a", -1, 1, false, 0, Double.NaN),
                new Parameter.Real("b", 0.1, 10, true, 1, Double.NaN),
                new Parameter.Int("c", 0, 9, false, 4, Double.NaN),
                new Parameter.Choice("d", 3, false, 1)));
        boolean online = kind.equals("online");
        Problem problem = Problem.of(space, 30, 3, 7).withNoise(online ? Problem.Noise.SOME : Problem.Noise.UNKNOWN);
        List<RunPlan.Prior> priors = List.of(new RunPlan.Prior(new double[] {0.1, 1, 4, 1}, 2.5, null));
        return new RunPlan(
                "s", problem, "auto", priors, online ? 0.1 : Double.NaN, false, 1_000_000, 1_000_000, "default");
    }

    /** The visible state and its next action, bit for bit. */
    private static String seen(StudyState state) {
        Standing s = state.standing();
        StringBuilder seen = new StringBuilder(Stream.of(
                        s.sequence(),
                        s.atMillis(),
                        s.status(),
                        s.number(),
                        s.loss(),
                        s.standardError(),
                        s.baselineLoss(),
                        s.budget(),
                        s.asked(),
                        s.told(),
                        s.failed(),
                        s.expired(),
                        s.learnedNats(),
                        s.values())
                .map(String::valueOf)
                .toList()
                .toString());
        List<Event> next = new ArrayList<>();
        for (long number = 0; number < s.asked(); number++) {
            Decider.drive(state, new Input.Measured(99_000_000, number, 0.5, null, 1, "e", 1), next::add);
        }
        for (Event event : next) {
            if (event instanceof Event.Asked asked) {
                seen.append('\n').append(asked.number());
                Arrays.stream(asked.values()).forEach(v -> seen.append(' ').append(Double.toHexString(v)));
            }
        }
        return seen.toString();
    }
}
