package io.afterlearner.study;

import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.Transform;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A bound manifest as the study's spec says it, and as the space the optimizer searches. */
final class Groups {
    private Groups() {}

    static List<AlephGroup> of(Aleph aleph) {
        return aleph.groups().stream().map(Groups::group).toList();
    }

    private static AlephGroup group(Aleph.Group group) {
        AlephEntry entry = group.entry();
        boolean choice = !entry.choices().isEmpty();
        // On a log scale an open lower end is the least positive number.
        double low = entry.log() && entry.low() <= 0 ? Double.MIN_NORMAL : entry.low();
        return new AlephGroup(
                entry.tensor(),
                entry.slice(),
                Transform.valueOf(entry.transform().name()),
                Granularity.valueOf(entry.per().name()),
                entry.axis(),
                IntStream.of(group.shape()).boxed().toList(),
                kind(entry),
                choice ? null : finite(low),
                choice ? null : finite(entry.high()),
                entry.log(),
                Double.isNaN(entry.step()) ? null : entry.step(),
                Arrays.stream(group.initial()).boxed().toList(),
                entry.choices());
    }

    private static Kind kind(AlephEntry entry) {
        if (!entry.choices().isEmpty()) {
            return entry.ordered() ? Kind.ORDERED : Kind.UNORDERED;
        }
        return entry.integer() ? Kind.INTEGER : Kind.REAL;
    }

    private static @Nullable Double finite(double end) {
        return Double.isFinite(end) ? end : null;
    }

    /** The space of the groups' parameters, each called by its group's number and its own. */
    static Space space(List<AlephGroup> groups) {
        List<Parameter> parameters = new ArrayList<>();
        for (int g = 0; g < groups.size(); g++) {
            AlephGroup group = groups.get(g);
            for (int i = 0; i < group.getInitial().size(); i++) {
                String name = group.getTensor() + " (aleph[" + g + "], parameter " + i + ")";
                parameters.add(parameter(name, group, group.getInitial().get(i)));
            }
        }
        return new Space(parameters);
    }

    private static Parameter parameter(String name, AlephGroup group, double initial) {
        Double low = group.getLow();
        Double high = group.getHigh();
        Double step = group.getStep();
        double from = low == null ? Double.NEGATIVE_INFINITY : low;
        double to = high == null ? Double.POSITIVE_INFINITY : high;
        double first = step == null ? Double.NaN : step;
        return switch (group.getKind()) {
            case REAL -> new Parameter.Real(name, from, to, group.getLog(), initial, first);
            case INTEGER -> new Parameter.Int(name, from, to, group.getLog(), initial, first);
            case ORDERED -> new Parameter.Choice(name, group.getChoices().size(), true, initial);
            case UNORDERED -> new Parameter.Choice(name, group.getChoices().size(), false, initial);
        };
    }
}
