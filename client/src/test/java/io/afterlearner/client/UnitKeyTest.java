package io.afterlearner.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.ArmsState;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnitKeyTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final UnitKey OTHER = new UnitKey("another unit key of the test's");

    @Test
    void aPseudonymDependsOnKeyStudyAndUnitAndNamesItsKey() {
        String pseudonym = Studies.KEY.pseudonym("shop", "ann");
        assertEquals(pseudonym, new UnitKey("a unit key of the test's").pseudonym("shop", "ann"));
        assertTrue(pseudonym.matches(Studies.KEY.id() + "\\.[A-Za-z0-9_-]{22}"), pseudonym);
        assertNotEquals(pseudonym, Studies.KEY.pseudonym("shop", "bob"));
        assertNotEquals(pseudonym, Studies.KEY.pseudonym("search", "ann"));
        assertNotEquals(pseudonym, OTHER.pseudonym("shop", "ann"));
        assertFalse(Studies.KEY.toString().contains("a unit key"), Studies.KEY.toString());
    }

    @Test
    void unitsHaveDifferentPseudonyms() {
        Set<String> all = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            assertTrue(all.add(Studies.KEY.pseudonym("shop", "user-" + i)), "user-" + i);
        }
    }

    @Test
    void twoInstancesWithTheSameKeyAgreeAndAnotherKeyDrawsUnitsAnew() {
        Served one = new Served(Studies.arms(ArmsState.EXPLORING, 7, 3, 4, 5));
        Served other = new Served(Studies.arms(ArmsState.EXPLORING, 7, 3, 4, 5));
        UnitKey same = new UnitKey("a unit key of the test's");
        int moved = 0;
        for (int i = 0; i < 2_000; i++) {
            Assignment first = one.assign("user-" + i, NOW, true, Studies.KEY);
            Assignment second = other.assign("user-" + i, NOW, true, same);
            Assignment rotated = other.assign("user-" + i, NOW, true, OTHER);
            assertEquals(first.id(), second.id());
            assertTrue(first.id().startsWith(same.assignments(Studies.STUDY, "user-" + i)), first.id());
            assertNotEquals(first.id(), rotated.id());
            assertEquals(first.number(), second.number());
            moved += first.number() == rotated.number() ? 0 : 1;
        }
        assertTrue(moved > 1_000, moved + " of 2000 got another arm");
    }
}
