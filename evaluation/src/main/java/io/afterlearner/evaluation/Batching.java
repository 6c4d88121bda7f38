package io.afterlearner.evaluation;

import io.afterlearner.schemas.EvaluationSpec;
import java.util.Map;

/**
 * How a study wants its examples to go through the graph.
 *
 * @param rows examples per batch; 0 chooses a number
 * @param axes by input or output: the axis on which its examples lie; others are found by {@link BatchAxes}
 */
public record Batching(int rows, Map<String, Integer> axes) {
    public static final Batching AUTO = new Batching(0, Map.of());

    public static Batching of(EvaluationSpec spec) {
        return new Batching(spec.getBatch(), spec.getAxes());
    }

    public Batching {
        axes = Map.copyOf(axes);
    }
}
