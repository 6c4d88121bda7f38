package io.afterlearner.asktell;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts a study with the results of an earlier one, before its first ask. Use {@link #tell} if the losses would be the same
 * today: same loss, same data, same model except for the parameters searched. Use {@link #suggest} if they would differ but
 * good points are likely to stay good: another loss, newer data.
 */
public final class WarmStart {

    /** A point of an earlier study with the outcome told. */
    public record PastTrial(double[] point, Outcome outcome) {}

    /** At most this many trials are told, the latest ones. */
    public static final int MAX_TOLD = 1_000;

    private WarmStart() {}

    /**
     * Tells the latest trials of an earlier study, in their order.
     *
     * @throws IllegalArgumentException if a point is not feasible or has the wrong number of constraint values;
     *     the trials before it are told by then
     */
    public static void tell(Optimizer optimizer, List<PastTrial> trials) {
        trials.subList(Math.max(0, trials.size() - MAX_TOLD), trials.size())
                .forEach(trial -> optimizer.tell(trial.point(), trial.outcome()));
    }

    /**
     * Suggests the points with the lowest losses, the best first; points that violated a constraint come last. Each suggestion
     * costs an ask, so take few: a tenth of the budget, for example.
     *
     * @param most at most this many, each point once
     * @throws IllegalArgumentException if a point is not feasible
     * @throws IllegalStateException if too many suggestions are waiting
     */
    public static void suggest(Optimizer optimizer, List<PastTrial> trials, int most) {
        trials.stream()
                .filter(trial -> trial.outcome() instanceof Outcome.Measured)
                .sorted(Comparator.comparing(WarmStart::violated).thenComparingDouble(WarmStart::loss))
                .map(trial -> Arrays.stream(trial.point()).boxed().toList())
                .distinct()
                .limit(most)
                .forEach(values -> optimizer.suggest(
                        values.stream().mapToDouble(Double::doubleValue).toArray()));
    }

    private static boolean violated(PastTrial trial) {
        return ((Outcome.Measured) trial.outcome()).constraints().stream().anyMatch(value -> value > 0);
    }

    private static double loss(PastTrial trial) {
        return ((Outcome.Measured) trial.outcome()).loss();
    }

    /**
     * The trials of an earlier space whose losses are valid in a new space, as points of the new space, in their order. A trial
     * is valid if all values are in range and every added or removed parameter has its initial value, as in the shipped model.
     * Parameters are matched by name; a choice with another number of options is another parameter.
     */
    public static List<PastTrial> carriedOver(List<PastTrial> trials, Space from, Space to) {
        return trials.stream()
                .filter(trial -> holds(trial.point(), from, to))
                .map(trial -> new PastTrial(nearest(trial.point(), from, to), trial.outcome()))
                .toList();
    }

    private static boolean holds(double[] point, Space from, Space to) {
        for (int i = 0; i < point.length; i++) {
            Parameter before = from.parameters().get(i);
            Parameter now = match(before, to);
            if (now == null ? point[i] != before.initial() : !now.holds(point[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * The point of a new space nearest to a point of an earlier one: values out of range are clamped, added parameters have their
     * initial value. Its loss may differ, so only {@link #suggest} it.
     */
    public static double[] nearest(double[] point, Space from, Space to) {
        double[] nearest = to.initial();
        for (int i = 0; i < nearest.length; i++) {
            Parameter now = to.parameters().get(i);
            Parameter before = match(now, from);
            if (before != null) {
                nearest[i] = clamped(now, point[from.parameters().indexOf(before)]);
            }
        }
        return nearest;
    }

    private static @Nullable Parameter match(Parameter wanted, Space space) {
        return space.parameters().stream()
                .filter(parameter -> parameter.name().equals(wanted.name()) && options(parameter) == options(wanted))
                .findFirst()
                .orElse(null);
    }

    /** 0 of a number. */
    private static int options(Parameter parameter) {
        return parameter instanceof Parameter.Choice choice ? choice.options() : 0;
    }

    private static double clamped(Parameter parameter, double value) {
        double whole = parameter instanceof Parameter.Real ? value : Math.rint(value);
        return Math.min(Math.max(whole, parameter.low()), parameter.high());
    }
}
