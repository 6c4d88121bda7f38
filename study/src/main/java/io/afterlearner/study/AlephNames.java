package io.afterlearner.study;

import io.afterlearner.schemas.AlephGroup;
import java.util.ArrayList;
import java.util.List;

/** A readable name for each ℵ-parameter: {@code mean[0]}, {@code head.weight{0:10,:}[3,7]}. */
public final class AlephNames {
    private AlephNames() {}

    public static List<String> of(List<AlephGroup> groups) {
        List<String> names = new ArrayList<>();
        for (AlephGroup group : groups) {
            String tensor = group.getTensor() + (group.getSlice() == null ? "" : "{" + group.getSlice() + "}");
            for (int element = 0; element < group.getInitial().size(); element++) {
                names.add(tensor + index(group.getShape(), element));
            }
        }
        return names;
    }

    private static String index(List<Integer> shape, int element) {
        if (shape.isEmpty()) {
            return "";
        }
        int rest = element;
        List<String> index = new ArrayList<>();
        for (int axis = shape.size() - 1; axis >= 0; axis--) {
            index.add(0, Integer.toString(rest % shape.get(axis)));
            rest /= shape.get(axis);
        }
        return "[" + String.join(",", index) + "]";
    }
}
