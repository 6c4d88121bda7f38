package io.afterlearner.evaluation.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.Transform;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private static AlephEntry entry(AlephGroup group) {
        return Manifest.entries(List.of(group)).get(0);
    }

    private static AlephGroup group(Kind kind, Double low, Double high, Double step, List<Double> choices) {
        return new AlephGroup(
                "w",
                "0:3,:",
                Transform.SCALE,
                Granularity.CHANNEL,
                1,
                List.of(2),
                kind,
                low,
                high,
                true,
                step,
                List.of(1.0, 1.0),
                choices);
    }

    @Test
    void aMissingBoundIsInfinite() {
        AlephEntry entry = entry(group(Kind.REAL, null, null, null, List.of()));
        assertEquals(Double.NEGATIVE_INFINITY, entry.low());
        assertEquals(Double.POSITIVE_INFINITY, entry.high());
        assertTrue(Double.isNaN(entry.step()));
    }

    @Test
    void everyFieldIsConverted() {
        AlephEntry entry = entry(group(Kind.INTEGER, 0.25, 4.0, 0.5, List.of()));
        AlephEntry expected = new AlephEntry(
                "w",
                "0:3,:",
                AlephEntry.Transform.SCALE,
                AlephEntry.Granularity.CHANNEL,
                1,
                0.25,
                4,
                true,
                true,
                0.5,
                List.of(),
                true,
                List.of(1.0, 1.0));
        assertEquals(expected, entry);
    }

    @Test
    void choicesKeepWhetherTheyAreOrdered() {
        List<Double> choices = List.of(1.0, 2.0);
        assertTrue(entry(group(Kind.ORDERED, null, null, null, choices)).ordered());
        AlephEntry unordered = entry(group(Kind.UNORDERED, null, null, null, choices));
        assertFalse(unordered.ordered());
        assertEquals(choices, unordered.choices());
        assertFalse(unordered.integer());
    }

    @Test
    void everyTransformAndGranularityIsConverted() {
        for (Transform transform : Transform.values()) {
            AlephEntry.Transform.valueOf(transform.name());
        }
        for (Granularity granularity : Granularity.values()) {
            AlephEntry.Granularity.valueOf(granularity.name());
        }
    }
}
