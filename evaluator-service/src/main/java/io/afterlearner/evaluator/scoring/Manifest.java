package io.afterlearner.evaluator.scoring;

import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.aleph.manifest.AlephEntry.Granularity;
import io.afterlearner.aleph.manifest.AlephEntry.Transform;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Converts a study's ℵ groups, as records carry them, to manifest entries. */
public final class Manifest {
    private Manifest() {}

    public static List<AlephEntry> of(List<AlephGroup> groups) {
        return groups.stream().map(Manifest::entry).toList();
    }

    private static AlephEntry entry(AlephGroup group) {
        boolean choice = group.getKind() == Kind.ORDERED || group.getKind() == Kind.UNORDERED;
        return new AlephEntry(
                group.getTensor(),
                group.getSlice(),
                Transform.valueOf(group.getTransform().name()),
                Granularity.valueOf(group.getPer().name()),
                group.getAxis(),
                orElse(group.getLow(), Double.NEGATIVE_INFINITY),
                orElse(group.getHigh(), Double.POSITIVE_INFINITY),
                group.getLog(),
                group.getKind() == Kind.INTEGER,
                orElse(group.getStep(), Double.NaN),
                choice ? List.copyOf(group.getChoices()) : List.of(),
                group.getKind() != Kind.UNORDERED,
                List.copyOf(group.getInitial()));
    }

    private static double orElse(@Nullable Double value, double otherwise) {
        return value == null ? otherwise : value;
    }
}
