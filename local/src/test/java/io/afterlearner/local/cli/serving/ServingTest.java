package io.afterlearner.local.cli.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.Metric;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServingTest {
    private static final ArmsChange BEGIN = change(ArmsAction.BEGIN, 1_000, 0, 0);

    /** Changed last by a candidate's score, at 9 s; the latest step of the champion's ramp was at 8 s. */
    private static Arms arms(ArmsState state, long champion, double ramp) {
        return ServedArms.in(state)
                .setRevision(7)
                .setChampion(new ArmValues(champion, List.of(0.0), 8_000L))
                .setRampShare(ramp)
                .build();
    }

    private static ArmsChange change(ArmsAction action, long atMillis, long from, long to) {
        return new ArmsChange(
                "s", 1L, atMillis, "ann", action, "figures of " + action, from, List.of(), to, List.of(), 0L);
    }

    private static void assertSays(
            Map<String, @Nullable Object> fields,
            @Nullable String since,
            @Nullable String by,
            @Nullable String reason) {
        assertEquals(since, fields.get("since"));
        assertEquals(by, fields.get("by"));
        assertEquals(reason, fields.get("reason"));
    }

    private static Map<String, @Nullable Object> fields(Arms arms, List<ArmsChange> audit) {
        Metric goal = new Metric();
        goal.put("winsorise", 1.0);
        return Serving.fields(arms, audit, goal);
    }

    @ParameterizedTest
    @EnumSource(names = {"PROMOTE", "APPROVE"})
    void aChampionSaysSinceWhenAndWhyItIsThatDuringItsRampAndAfterwards(ArmsAction action) {
        List<ArmsChange> audit = List.of(
                BEGIN,
                change(action, 2_000, 0, 5),
                change(ArmsAction.RAMP, 8_000, 5, 5),
                change(ArmsAction.LOST, 8_500, 5, 6));
        for (double ramp : List.of(0.25, 1.0)) {
            Map<String, @Nullable Object> fields = fields(arms(ArmsState.EXPLORING, 5, ramp), audit);
            assertSays(fields, "1970-01-01T00:00:02Z", "ann", "figures of " + action);
            assertEquals(ramp < 1 ? "25 % of its units" : null, fields.get("ramp"));
        }
    }

    @Test
    void soDoesTheShippedModelAndThePreviousChampion() {
        assertSays(
                fields(arms(ArmsState.EXPLORING, 0, 1), List.of(BEGIN, change(ArmsAction.SKIPPED, 3_000, 0, 4))),
                "1970-01-01T00:00:01Z",
                "ann",
                "figures of BEGIN");
        List<ArmsChange> audit = List.of(
                BEGIN,
                change(ArmsAction.PROMOTE, 2_000, 0, 5),
                change(ArmsAction.ROLLBACK, 3_000, 5, 0),
                change(ArmsAction.DRIFT, 4_000, 0, 0));
        assertSays(
                fields(arms(ArmsState.EXPLORING, 0, 1), audit), "1970-01-01T00:00:03Z", "ann", "figures of ROLLBACK");
    }

    @Test
    void aRevertThatNoServiceHasReadYetSaysItselfWhy() {
        assertSays(
                fields(
                        arms(ArmsState.REVERTED, 0, 1),
                        List.of(
                                BEGIN,
                                change(ArmsAction.PROMOTE, 2_000, 0, 5),
                                change(ArmsAction.ROLLBACK, 3_000, 5, 0))),
                "1970-01-01T00:00:08Z",
                "feedback-service",
                "candidate 29 was scored");
    }

    @Test
    void aProposalThatWaitsSaysHowToAnswerIt() {
        List<ArmsChange> audit = List.of(BEGIN, change(ArmsAction.PROPOSE, 2_000, 0, 5));
        assertEquals(
                "candidate 5 waits for a person since 1970-01-01T00:00:02Z: figures of PROPOSE; study approve s promotes it,"
                        + " study reject s does not",
                fields(arms(ArmsState.EXPLORING, 0, 1), audit).get("proposal"));
        assertNull(fields(arms(ArmsState.EXPLORING, 0, 1), List.of(BEGIN)).get("proposal"));
    }
}
