package io.afterlearner.space;

import io.afterlearner.schemas.AlephArray;
import io.afterlearner.schemas.AlephGroup;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of ℵ-parameters in every message, table, chart and file: {@code mean}, {@code mean[0]}, {@code
 * head.weight{0:10,:}[3,7]}.
 */
public final class AlephNames {
    private AlephNames() {}

    /** One name per parameter, in the order of a candidate's values. */
    public static List<String> of(List<AlephGroup> groups) {
        return groups.stream().flatMap(AlephNames::parameters).toList();
    }

    /** The names of one group's parameters. The lengths of its shape are at least 1. */
    public static Stream<String> of(String tensor, @Nullable String slice, List<Integer> shape) {
        return names(AlephArray.name(tensor, slice), shape, shape.stream().reduce(1, Math::multiplyExact));
    }

    private static Stream<String> parameters(AlephGroup group) {
        return names(
                AlephArray.name(group), group.getShape(), group.getInitial().size());
    }

    private static Stream<String> names(String array, List<Integer> shape, int elements) {
        return IntStream.range(0, elements).mapToObj(element -> array + index(shape, element));
    }

    private static String index(List<Integer> shape, int element) {
        StringBuilder index = new StringBuilder();
        int rest = element;
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            index.insert(0, (axis == 0 ? "[" : ",") + rest % shape.get(axis));
            rest /= shape.get(axis);
        }
        return index.isEmpty() ? "" : index + "]";
    }
}
