package io.afterlearner.openfeature;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StudyFlagTest {

    @Test
    void theShippedValuesAreThoseOfTheGroupsInTheirOrder() {
        assertArrayEquals(new double[] {0, 0, 0, 0.5, 1}, FakeStudy.FLAG.shipped());
        assertEquals(Set.of("ranking", "ranking.weights", "ranking.threshold", "ranking.depth"), FakeStudy.FLAG.keys());
    }

    @Test
    void aGroupThatCannotBeServedIsRefused() {
        StudyFlag flag = StudyFlag.of("ranking", "ranking-1a2b").group("a", 0);
        assertThrows(IllegalArgumentException.class, () -> flag.group("a", 1));
        assertThrows(IllegalArgumentException.class, () -> flag.group("b"));
        assertThrows(IllegalArgumentException.class, () -> flag.group(" ", 1));
        assertThrows(IllegalArgumentException.class, () -> flag.choice("b", 3, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> StudyFlag.of("", "ranking-1a2b"));
    }

    @Test
    void twoStudiesHaveNoFlagInCommon() {
        StudyFlag one = StudyFlag.of("a", "one").group("b.c", 0);
        StudyFlag other = StudyFlag.of("a.b", "other").group("c", 0);
        List<StudyFlag> both = List.of(one, other);
        assertThrows(
                IllegalArgumentException.class,
                () -> new AfterLearnerProvider(flag -> new FakeStudy(), Duration.ZERO, Duration.ofDays(1), both));
    }
}
