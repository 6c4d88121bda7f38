package io.afterlearner.benchmarks;

import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.Transform;
import java.util.Collections;
import java.util.List;

/** The ℵ-parameters of studies that measure services and have no model. */
public final class Aleph {
    private Aleph() {}

    /** Returns {@code count} parameters in [-1, 1] with ℵ₀ at 0. */
    public static List<AlephGroup> cube(int dimension) {
        return List.of(new AlephGroup(
                "x",
                null,
                Transform.VALUE,
                Granularity.ELEMENT,
                0,
                List.of(dimension),
                Kind.REAL,
                -1.0,
                1.0,
                false,
                null,
                Collections.nCopies(dimension, 0.0),
                List.of()));
    }
}
