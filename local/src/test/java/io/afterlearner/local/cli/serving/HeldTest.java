package io.afterlearner.local.cli.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsAction;
import io.afterlearner.schemas.ArmsChange;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.HoldText;
import io.afterlearner.schemas.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeldTest {
    private static Arms arms(ArmsState state) {
        return ServedArms.in(state)
                .setReason("candidate 60 was scored; each candidate is settled, 60 in all")
                .build();
    }

    private static List<ArmsChange> audit(String actions) {
        return audit(actions, "figures of ");
    }

    private static List<ArmsChange> audit(String actions, String reason) {
        List<String> names = Arrays.asList(actions.split(" "));
        return IntStream.range(0, names.size())
                .mapToObj(i -> new ArmsChange(
                        "s",
                        i + 1L,
                        1_000L * i,
                        "bob",
                        ArmsAction.valueOf(names.get(i)),
                        reason + names.get(i),
                        0L,
                        List.of(),
                        0L,
                        List.of(),
                        0L))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        BEGIN ALARM                     | since 1970-01-01T00:00:01Z, by an alarm: figures of ALARM; once that is corrected, study resume explores again
        BEGIN ALARM GRANT               | since 1970-01-01T00:00:01Z, by an alarm: figures of ALARM; once that is corrected, study resume explores again
        BEGIN ALARM RESUME PAUSE DRIFT  | since 1970-01-01T00:00:03Z, paused by bob; study resume explores again
        BEGIN EXHAUSTED                 | since 1970-01-01T00:00:01Z, because the error budget is spent: figures of EXHAUSTED
        BEGIN STOP                      | since 1970-01-01T00:00:01Z, for good: figures of STOP
        BEGIN EXHAUSTED GRANT           | since 1970-01-01T00:00:09Z: candidate 60 was scored; each candidate is settled, 60 in all
        BEGIN ALARM RESUME              | since 1970-01-01T00:00:09Z: candidate 60 was scored; each candidate is settled, 60 in all
        """)
    void itNamesWhatHoldsExplorationWithItsFigures(String actions, String why) {
        assertEquals(why, Held.why(arms(ArmsState.HOLDING), audit(actions)));
    }

    @Test
    void whatEndsByItselfNeedsNobodyToResume() {
        assertEquals(
                "since 1970-01-01T00:00:01Z, by an alarm: exploration is held until one comes: ALARM",
                Held.why(arms(ArmsState.HOLDING), audit("BEGIN ALARM", HoldText.HELD_UNTIL + " one comes: ")));
    }

    @Test
    void whatWasResumedIsNotHeld() {
        assertNull(Held.why(arms(ArmsState.EXPLORING), audit("BEGIN ALARM RESUME")));
        assertNull(Serving.fields(arms(ArmsState.EXPLORING), audit("BEGIN"), goal(1))
                .get("held"));
    }

    @Test
    void theFieldsOfWhatIsServedSayIt() {
        assertEquals(Held.why(arms(ArmsState.HOLDING), audit("BEGIN PAUSE")), held(ArmsState.HOLDING, "BEGIN PAUSE"));
        assertEquals("since the revert; study resume explores again", held(ArmsState.REVERTED, "BEGIN REVERT"));
    }

    private static @Nullable Object held(ArmsState state, String actions) {
        return Serving.fields(arms(state), audit(actions), goal(1)).get("held");
    }

    private static Metric goal(double winsorise) {
        Metric goal = new Metric();
        goal.put("winsorise", winsorise);
        return goal;
    }

    private static Map<String, @Nullable Object> served(String actions, double winsorise) {
        return Serving.fields(arms(ArmsState.EXPLORING), audit(actions), goal(winsorise));
    }

    @Test
    void theFieldsOfWhatIsServedSayHowValuesCount() {
        assertEquals(
                "figures of CALIBRATED", served("BEGIN CALIBRATED PAUSE", 0.99).get("winsorised"));
        assertNull(served("BEGIN CALIBRATED", 0.99).get("adjusted"));
        assertEquals("figures of CALIBRATED", served("BEGIN CALIBRATED", 1).get("adjusted"));
        assertNull(served("BEGIN CALIBRATED", 1).get("winsorised"));
        assertNull(served("BEGIN", 1).get("adjusted"));
    }
}
