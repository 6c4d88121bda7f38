package io.afterlearner.local.cli.session;

import io.afterlearner.report.words.Numbers;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Transform;
import io.afterlearner.space.AlephNames;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a candidate, as it is applied to the model.
 *
 * @param transform how it acts on the shipped value: value, shift or scale
 * @param value the parameter; of choices the chosen one
 * @param choice index of the chosen one, from 0; null for a number
 */
public record Parameter(
        String name,
        String transform,
        double value,
        @Nullable Integer choice) {
    private static final String REPLACES = name(Transform.VALUE);

    /** @param values a candidate's; none if there is no candidate yet */
    public static List<Parameter> of(List<AlephGroup> groups, List<Double> values) {
        List<String> names = AlephNames.of(groups);
        List<AlephGroup> grouped = groups.stream()
                .flatMap(group -> Collections.nCopies(group.getInitial().size(), group).stream())
                .toList();
        return IntStream.range(0, values.size())
                .mapToObj(i -> of(names.get(i), grouped.get(i), values.get(i)))
                .toList();
    }

    private static Parameter of(String name, AlephGroup group, double value) {
        List<Double> choices = group.getChoices();
        boolean isIndex = value == Math.rint(value) && value >= 0 && value < choices.size();
        String transform = name(group.getTransform());
        return isIndex
                ? new Parameter(name, transform, choices.get((int) value), (int) value)
                : new Parameter(name, transform, value, null);
    }

    /** The value, how it acts unless it replaces the shipped one, and its index among choices. */
    String text() {
        String acts = transform.equals(REPLACES) ? "" : transform;
        String chosen = choice == null ? "" : "choice " + choice + ", counted from 0";
        String how = acts + (acts.isEmpty() || chosen.isEmpty() ? "" : "; ") + chosen;
        return Numbers.of(value) + (how.isEmpty() ? "" : " (" + how + ")");
    }

    private static String name(Transform transform) {
        return transform.name().toLowerCase(Locale.ROOT);
    }
}
