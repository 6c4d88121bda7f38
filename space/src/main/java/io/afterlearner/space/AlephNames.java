package io.afterlearner.space;

import io.afterlearner.schemas.AlephGroup;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

    /** The tensor, with the slice in braces if the group has one. */
    public static String of(AlephGroup group) {
        return group.getTensor() + (group.getSlice() == null ? "" : "{" + group.getSlice() + "}");
    }

    private static Stream<String> parameters(AlephGroup group) {
        String tensor = of(group);
        return IntStream.range(0, group.getInitial().size())
                .mapToObj(element -> tensor + index(group.getShape(), element));
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
