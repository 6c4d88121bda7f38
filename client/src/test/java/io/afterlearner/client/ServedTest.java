package io.afterlearner.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServedTest {
    private static final int UNITS = 20_000;
    private static final long NOW = 1_700_000_000_000L;

    private static Served served(ArmsState state, long champion, long... slots) {
        return new Served(Studies.arms(state, champion, slots));
    }

    private static Map<String, Integer> shares(Served served, boolean exploring) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < UNITS; i++) {
            Assignment got = served.assign("user-" + i, NOW, exploring, Studies.KEY);
            counts.merge(got.arm() + "#" + got.number(), 1, Integer::sum);
        }
        return counts;
    }

    /** Within five standard deviations of a binomial: wrong less than once in a million. */
    private static void assertShare(double share, Integer count) {
        double deviation = Math.sqrt(UNITS * share * (1 - share));
        assertEquals(UNITS * share, count, 5 * deviation);
    }

    @Test
    void unitsFallIntoTheArmsByTheirShares() {
        Map<String, Integer> counts = shares(served(ArmsState.EXPLORING, 7, 3, 4, 5, -1), true);

        assertShare(0.1, counts.get("CONTROL#0"));
        assertShare(0.1, counts.get("EXPLORE#3"));
        assertShare(0.1, counts.get("EXPLORE#4"));
        assertShare(0.1, counts.get("EXPLORE#5"));
        assertShare(0.1, counts.get("UNCOUNTED#7"));
        assertShare(0.5, counts.get("CHAMPION#7"));
    }

    @Test
    void whoCannotHearOfARevertExploresNothing() {
        Map<String, Integer> counts = shares(served(ArmsState.EXPLORING, 7, 3, 4), false);

        assertEquals(3, counts.size(), counts.toString());
        assertShare(0.1, counts.get("CONTROL#0"));
        assertShare(0.4, counts.get("UNCOUNTED#7"));
    }

    @Test
    void nobodyMeetsACandidateWhileTheStudyHolds() {
        assertEquals(
                Set.of("CONTROL#0", "CHAMPION#7", "UNCOUNTED#7"),
                shares(served(ArmsState.HOLDING, 7, 3, 4), true).keySet());
    }

    @Test
    void aUnitMeetsTheSameAsLongAsItsCandidateLives() {
        Served before = served(ArmsState.EXPLORING, 7, 3, 4, 5);
        Served after = served(ArmsState.EXPLORING, 8, 3, 9, 5);
        for (int i = 0; i < 2_000; i++) {
            Assignment then = before.assign("user-" + i, NOW, true, Studies.KEY);
            Assignment now = after.assign("user-" + i, NOW + 1, true, Studies.KEY);
            if (then.number() == 4) {
                assertEquals(9, now.number(), "only what left its slot is replaced");
            } else if (then.arm() == Arm.CHAMPION) {
                assertEquals(8, now.number());
            } else {
                assertEquals(then.number(), now.number());
                assertArrayEquals(then.values(), now.values());
            }
        }
    }

    @Test
    void eachHorizonAUnitIsDrawnAnew() {
        Served served = served(ArmsState.EXPLORING, 7, 3);
        int both = 0;
        for (int i = 0; i < UNITS; i++) {
            boolean first = served.assign("user-" + i, NOW, true, Studies.KEY).arm() == Arm.CONTROL;
            boolean next = served.assign("user-" + i, NOW + Studies.WINDOW_MILLIS, true, Studies.KEY)
                            .arm()
                    == Arm.CONTROL;
            both += first && next ? 1 : 0;
        }
        assertShare(0.01, both);
    }

    @Test
    void aUnitThatDoesNotReturnIsDrawnOnce() {
        Served served = new Served(Arms.newBuilder(Studies.arms(ArmsState.EXPLORING, 7, 3, 4))
                .setHorizonMillis(0)
                .build());
        for (int i = 0; i < 1_000; i++) {
            Assignment first = served.assign("request-" + i, NOW, true, Studies.KEY);
            Assignment later = served.assign("request-" + i, NOW + 10 * Studies.WINDOW_MILLIS, true, Studies.KEY);
            assertEquals(first.number(), later.number());
            assertEquals(NOW, first.drawnAtMillis());
        }
    }

    @Test
    void aProcessWhoseClockIsBehindDrawsFromTheArmsThatItKnows() {
        Arms arms = Studies.arms(ArmsState.EXPLORING, 7, 3);
        ArmValues begun =
                ArmValues.newBuilder(arms.getSlots().get(0)).setSinceMillis(NOW).build();
        Arms later = Arms.newBuilder(arms)
                .setHorizonMillis(0)
                .setAtMillis(NOW)
                .setSlots(List.of(begun))
                .build();
        Map<Arm, Integer> counts = new TreeMap<>();
        for (int i = 0; i < UNITS; i++) {
            Assignment got = new Served(later).assign("request-" + i, NOW - 3_600_000, true, Studies.KEY);
            counts.merge(got.arm(), 1, Integer::sum);
            assertEquals(NOW, got.drawnAtMillis());
        }
        assertShare(0.4, counts.get(Arm.EXPLORE));
    }

    /** Those who return before their next draw are not a fair sample: they return often. */
    @Test
    void whoWasDrawnBeforeACandidateBeganMeetsItUncounted() {
        Arms arms = Studies.arms(ArmsState.EXPLORING, 7, 3);
        ArmValues begun =
                ArmValues.newBuilder(arms.getSlots().get(0)).setSinceMillis(NOW).build();
        Served before = new Served(arms);
        Served after = new Served(Arms.newBuilder(arms).setSlots(List.of(begun)).build());
        int uncounted = 0;
        int explored = 0;
        for (int i = 0; i < UNITS; i++) {
            long now = NOW + Studies.WINDOW_MILLIS / 2;
            Assignment fair = after.assign("user-" + i, now, true, Studies.KEY);
            boolean drawn = before.assign("user-" + i, now, true, Studies.KEY).arm() == Arm.EXPLORE;
            uncounted += drawn && fair.arm() == Arm.UNCOUNTED && fair.number() == 7 ? 1 : 0;
            explored += fair.arm() == Arm.EXPLORE ? 1 : 0;
            assertTrue(fair.arm() != Arm.EXPLORE || fair.drawnAtMillis() >= NOW);
        }
        assertShare(0.2, uncounted);
        assertShare(0.2, explored);
    }

    @Test
    void aNewChampionServesAsManyOfItsUnitsAsItsRampHasReached() {
        Arms ramping = Arms.newBuilder(Studies.arms(ArmsState.EXPLORING, 7, 3))
                .setPrevious(new ArmValues(5L, List.of(5.0), 1L))
                .setRampShare(0.2)
                .build();
        Map<String, Integer> counts = shares(new Served(ramping), true);

        assertShare(0.5 * 0.2, counts.get("CHAMPION#7"));
        assertShare(0.5 * 0.8, counts.get("UNCOUNTED#5"));
    }

    @Test
    void studiesDrawIndependentlyOfEachOther() {
        Served one = served(ArmsState.EXPLORING, 7, 3);
        Served other = new Served(
                Arms.newBuilder(one.arms()).setStudy("another-1a2b3c4d").build());
        int both = 0;
        for (int i = 0; i < UNITS; i++) {
            boolean first = one.assign("user-" + i, NOW, true, Studies.KEY).arm() == Arm.CONTROL;
            boolean second = other.assign("user-" + i, NOW, true, Studies.KEY).arm() == Arm.CONTROL;
            both += first && second ? 1 : 0;
        }
        assertShare(0.01, both);
    }

    @Test
    void anAssignmentIsTheSameWithinItsWindowAndAnotherInTheNextOrForAnotherCandidate() {
        Served served = served(ArmsState.EXPLORING, 7, 3);
        String unit = IntStream.range(0, 100)
                .mapToObj(i -> "user-" + i)
                .filter(user -> served.assign(user, NOW, true, Studies.KEY).arm() == Arm.CHAMPION)
                .findFirst()
                .orElseThrow();
        String first = served.assign(unit, NOW, true, Studies.KEY).id();
        int same = 0;
        for (long later = 0; later < 3 * Studies.WINDOW_MILLIS; later += Studies.WINDOW_MILLIS / 10) {
            same += served.assign(unit, NOW + later, true, Studies.KEY).id().equals(first) ? 1 : 0;
        }
        assertTrue(same >= 1 && same <= 11, "the same id for " + same + " tenths of a window");
        assertNotEquals(first, served.assign("another", NOW, true, Studies.KEY).id());
        assertNotEquals(
                served.assign(unit, NOW, false, Studies.KEY).id(),
                served(ArmsState.HOLDING, 8, 3)
                        .assign(unit, NOW, false, Studies.KEY)
                        .id());
    }

    @Test
    void whereTimeIsSlicedAllUnitsOfASliceMeetTheSame() {
        Served served = new Served(Studies.sliced(ArmsState.EXPLORING, 1_000, 7, 3, 4));
        Map<String, Integer> slices = new TreeMap<>();
        for (int slice = 0; slice < 400; slice++) {
            Assignment one = served.assign("a", NOW + slice * 1_000L, true, Studies.KEY);
            Assignment other = served.assign("b", NOW + slice * 1_000L + 999, true, Studies.KEY);
            assertEquals(one.number(), other.number());
            assertEquals(one.arm(), other.arm());
            assertEquals(one.client(), one.askedBy("ann").client(), "a slice belongs to nobody");
            slices.merge(one.arm() + "#" + one.number(), 1, Integer::sum);
        }
        assertEquals(4, slices.size(), "all arms by turns: " + slices);
    }

    @Test
    void aUnitWithoutANameOrWithAnEndlessOneIsRefused() {
        Served served = served(ArmsState.EXPLORING, 7, 3);
        assertThrows(IllegalArgumentException.class, () -> served.assign("", NOW, true, Studies.KEY));
        assertThrows(IllegalArgumentException.class, () -> served.assign("x".repeat(257), NOW, true, Studies.KEY));
    }
}
