package io.afterlearner.openfeature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsGroup;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlagCheckTest {
    private static final StudyFlag FLAG = FakeStudy.FLAG;
    private static final String HAS = ", and study ranking-1a2b has ";

    private static StudyFlag flag() {
        return StudyFlag.of("ranking", FakeStudy.STUDY);
    }

    private static String problem(StudyFlag flag) {
        return flag.problem(FakeStudy.described().build());
    }

    @Test
    void aFlagThatDescribesItsStudyHasNoProblem() {
        assertEquals("", problem(FLAG));
        assertEquals("", problem(FLAG.metrics()));
    }

    @Test
    void groupsInAnotherOrderOrOfAnotherSizeAreRefused() {
        String has = HAS
                + "head.weight (3), threshold (1), depth (1); describe the study's aleph, entry by entry in its order";
        assertEquals(
                "flag ranking describes threshold (1), weights (3), depth (1)" + has,
                problem(flag().group("threshold", 0.5).group("weights", 0, 0, 0).choice("depth", 4, 2, 4, 8)));
        assertEquals(
                "flag ranking describes weights (3), threshold (1)" + has,
                problem(flag().group("weights", 0, 0, 0).group("threshold", 0.5)));
        assertEquals(
                "flag ranking describes weights (3), depth (1), threshold (1)" + has,
                problem(flag().group("weights", 0, 0, 0).group("depth", 0.5).group("threshold", 1)),
                "the names of other entries, with the same sizes and shipped values");
    }

    @Test
    void otherChoicesAreRefused() {
        StudyFlag begun = flag().group("weights", 0, 0, 0).group("threshold", 0.5);
        assertEquals(
                "group depth of flag ranking has the choices [2.0, 4.0, 16.0]" + HAS
                        + "[2.0, 4.0, 8.0] there; use choice(…) with the study's choices in its order",
                problem(begun.choice("depth", 4, 2, 4, 16)));
        assertEquals(
                "group depth of flag ranking has no choices" + HAS
                        + "[2.0, 4.0, 8.0] there; use choice(…) with the study's choices in its order",
                problem(begun.group("depth", 1)));
    }

    @Test
    void otherShippedValuesAreRefused() {
        String how = "; give the study's shipped values, or its groups in its order";
        assertEquals(
                "group threshold of flag ranking has the shipped value 0.4" + HAS + "0.5" + how,
                problem(flag().group("weights", 0, 0, 0).group("threshold", 0.4).choice("depth", 4, 2, 4, 8)));
        assertEquals(
                "group weights[2] of flag ranking has the shipped value 1.0" + HAS + "0.0" + how,
                problem(flag().group("weights", 0, 0, 1).group("threshold", 0.5).choice("depth", 4, 2, 4, 8)));
        assertEquals(
                "group depth of flag ranking has the shipped value 8.0" + HAS + "4.0" + how,
                problem(flag().group("weights", 0, 0, 0).group("threshold", 0.5).choice("depth", 8, 2, 4, 8)),
                "choices by their values");
    }

    @Test
    void theShippedValuesAreThoseOfSinglePrecision() {
        Arms arms = FakeStudy.described()
                .setControl(new ArmValues(0L, List.of((double) 0.1f), 1L))
                .setGroups(List.of(new ArmsGroup("w", 1, List.of())))
                .build();
        assertEquals("", flag().group("w", 0.1).problem(arms));
    }

    @Test
    void aMetricThatTheStudyDoesNotMeasureIsRefused() {
        assertEquals(
                "flag ranking tracks [clicks, views], and study ranking-1a2b measures [click, revenue, latency]; give"
                        + " metrics(…) names of these",
                problem(FLAG.metrics("views", "click", "clicks")));
    }

    @Test
    void anOlderRecordTellsTheNumberOfValuesAndTheShippedOnes() {
        Arms older =
                FakeStudy.described().setGroups(List.of()).setMetrics(List.of()).build();
        assertEquals("", FLAG.metrics("anything").problem(older));
        assertEquals(
                "flag ranking describes w (1)" + HAS
                        + "5 values; describe the study's aleph, entry by entry in its order",
                flag().group("w", 0).problem(older));
    }
}
