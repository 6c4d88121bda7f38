package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;

class RevertsTest {
    private static final ArmValues CONTROL = new ArmValues(0L, List.of(0.5), 100L);
    private static final ArmValues CHAMPION = new ArmValues(7L, List.of(0.75), 200L);
    private static final Arms NOW = new Arms(
            "ranking-1",
            41L,
            300L,
            "feedback",
            "candidate 7 is better",
            ArmsState.EXPLORING,
            0.1,
            0.2,
            1_000L,
            0L,
            "salt",
            CONTROL,
            CHAMPION,
            List.of(new ArmValues(8L, List.of(0.9), 250L)),
            42L,
            1_000L,
            CONTROL,
            0.25,
            List.of(new ArmsGroup("w", 1, List.of())),
            List.of("click"));

    @Test
    void aRevertServesTheShippedValuesAndChangesNothingElse() {
        Arms reverted = Reverts.revert(NOW, "cli:ann", "complaints", 400L);

        assertEquals(ArmsState.REVERTED, reverted.getState());
        assertEquals(new ArmValues(0L, List.of(0.5), 400L), reverted.getChampion());
        assertEquals(42L, reverted.getRevision());
        assertEquals("cli:ann", reverted.getBy());
        assertEquals("complaints", reverted.getReason());
        assertNull(reverted.getPrevious(), "no unit waits for a ramp");
        assertEquals(1, reverted.getRampShare());
        Arms back = Arms.newBuilder(reverted)
                .setState(NOW.getState())
                .setChampion(CHAMPION)
                .setRevision(41L)
                .setAtMillis(300L)
                .setBy("feedback")
                .setReason(NOW.getReason())
                .setPrevious(CONTROL)
                .setRampShare(0.25)
                .build();
        assertEquals(NOW, back, "slots, shares, salt and control are unchanged");
    }
}
