package io.afterlearner.evaluation.manifest;

import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.Transform;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Maps ℵ between a model and messages, both ways: entries bound to a model become groups, and groups become entries to bind. A
 * missing bound is null in a message and infinite in an entry.
 */
public final class Manifest {
    private Manifest() {}

    /** The groups of a manifest that was bound to its model, with shapes and ℵ₀. */
    public static List<AlephGroup> groups(Aleph aleph) {
        return aleph.groups().stream().map(Manifest::group).toList();
    }

    /** The entries that groups were made from; {@code initial} is stated for every one. */
    public static List<AlephEntry> entries(List<AlephGroup> groups) {
        return groups.stream().map(Manifest::entry).toList();
    }

    private static AlephGroup group(Aleph.Group group) {
        AlephEntry entry = group.entry();
        return new AlephGroup(
                entry.tensor(),
                entry.slice(),
                Transform.valueOf(entry.transform().name()),
                Granularity.valueOf(entry.per().name()),
                entry.axis(),
                IntStream.of(group.shape()).boxed().toList(),
                kind(group),
                finite(entry.low()),
                finite(entry.high()),
                entry.log(),
                finite(entry.step()),
                Arrays.stream(group.initial()).boxed().toList(),
                entry.choices());
    }

    private static Kind kind(Aleph.Group group) {
        AlephEntry entry = group.entry();
        if (!entry.choices().isEmpty()) {
            return entry.ordered() ? Kind.ORDERED : Kind.UNORDERED;
        }
        return group.integer() ? Kind.INTEGER : Kind.REAL;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static AlephEntry entry(AlephGroup group) {
        return new AlephEntry(
                group.getTensor(),
                group.getSlice(),
                AlephEntry.Transform.valueOf(group.getTransform().name()),
                AlephEntry.Granularity.valueOf(group.getPer().name()),
                group.getAxis(),
                orElse(group.getLow(), Double.NEGATIVE_INFINITY),
                orElse(group.getHigh(), Double.POSITIVE_INFINITY),
                group.getLog(),
                group.getKind() == Kind.INTEGER,
                orElse(group.getStep(), Double.NaN),
                isChoice(group) ? List.copyOf(group.getChoices()) : List.of(),
                group.getKind() != Kind.UNORDERED,
                List.copyOf(group.getInitial()));
    }

    private static boolean isChoice(AlephGroup group) {
        return group.getKind() == Kind.ORDERED || group.getKind() == Kind.UNORDERED;
    }

    private static double orElse(@Nullable Double value, double otherwise) {
        return value == null ? otherwise : value;
    }
}
