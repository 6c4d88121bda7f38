package io.afterlearner.space;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.RefusedException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps a study's ℵ groups to the space an optimizer searches. A missing bound is unbounded; on a log scale a missing lower bound
 * is the least value above 0: 1 for whole numbers, {@link Double#MIN_NORMAL} for others.
 */
public final class AlephSpace {
    private AlephSpace() {}

    /** @throws RefusedException for the first group that cannot be searched */
    public static Space of(List<AlephGroup> groups) {
        checkSize(groups);
        List<String> names = AlephNames.of(groups);
        List<Parameter> parameters = new ArrayList<>(names.size());
        for (int g = 0; g < groups.size(); g++) {
            AlephGroup group = groups.get(g);
            for (double initial : group.getInitial()) {
                parameters.add(parameter(g, group, names.get(parameters.size()), initial));
            }
        }
        try {
            return new Space(parameters);
        } catch (IllegalArgumentException e) {
            throw unsearchable("aleph", e);
        }
    }

    private static void checkSize(List<AlephGroup> groups) {
        long size = groups.stream().mapToLong(g -> g.getInitial().size()).sum();
        if (size < 1 || size > Space.MAX_PARAMETERS) {
            throw new RefusedException("aleph", "must have 1 to " + Space.MAX_PARAMETERS + " parameters, not " + size);
        }
        for (int g = 0; g < groups.size(); g++) {
            checkShape(groups.get(g), "aleph[" + g + "]");
        }
    }

    private static void checkShape(AlephGroup group, String field) {
        long elements = 1;
        for (int length : group.getShape()) {
            if (length < 1 || elements > Space.MAX_PARAMETERS) {
                throw new RefusedException(
                        field + ".shape",
                        "must have lengths of at least 1 and at most " + Space.MAX_PARAMETERS + " elements, not "
                                + group.getShape());
            }
            elements *= length;
        }
        if (elements != group.getInitial().size()) {
            throw new RefusedException(
                    field + ".initial",
                    "must have one value for each of the " + elements + " elements of its shape, not "
                            + group.getInitial().size());
        }
    }

    private static Parameter parameter(int g, AlephGroup group, String name, double initial) {
        try {
            return parameter(group, name, initial);
        } catch (IllegalArgumentException e) {
            throw unsearchable("aleph[" + g + "]", e);
        }
    }

    private static Parameter parameter(AlephGroup group, String name, double initial) {
        double low = orElse(group.getLow(), openLow(group));
        double high = orElse(group.getHigh(), Double.POSITIVE_INFINITY);
        double step = orElse(group.getStep(), Double.NaN);
        int options = group.getChoices().size();
        return switch (group.getKind()) {
            case REAL -> new Parameter.Real(name, low, high, group.getLog(), initial, step);
            case INTEGER -> new Parameter.Int(name, low, high, group.getLog(), initial, step);
            case ORDERED -> new Parameter.Choice(name, options, true, initial);
            case UNORDERED -> new Parameter.Choice(name, options, false, initial);
        };
    }

    private static double openLow(AlephGroup group) {
        if (!group.getLog()) {
            return Double.NEGATIVE_INFINITY;
        }
        return group.getKind() == Kind.INTEGER ? 1 : Double.MIN_NORMAL;
    }

    private static double orElse(@Nullable Double value, double otherwise) {
        return value == null ? otherwise : value;
    }

    private static RefusedException unsearchable(String field, IllegalArgumentException e) {
        return new RefusedException(field, "cannot be searched: " + e.getMessage());
    }
}
