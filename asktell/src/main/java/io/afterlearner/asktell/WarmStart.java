package io.afterlearner.asktell;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Begins a study with what an earlier one found. {@link #tell} where its losses would come out the same today: same loss,
 * same data, same model but for the parameters searched. {@link #suggest} where they would not, but good points then are
 * likely to be good now: another metric, newer data, another loss. Either before the first ask.
 */
public final class WarmStart {

    /** At most so many trials are told, the latest. */
    public static final int MOST_TOLD = 1_000;

    private WarmStart() {}

    /**
     * Tells an earlier study's latest trials, in their order.
     *
     * @throws IllegalArgumentException if a point is not feasible or comes with the wrong number of constraint values;
     *     those before it are told then
     */
    public static void tell(Optimizer optimizer, List<PastTrial> trials) {
        trials.subList(Math.max(0, trials.size() - MOST_TOLD), trials.size())
                .forEach(trial -> optimizer.tell(trial.point(), trial.outcome()));
    }

    /**
     * Suggests the points of the lowest losses, the best first; those that violated a constraint come after all others. Each
     * costs an ask, so take few: a tenth of the budget, say.
     *
     * @param most how many at most; no point twice
     * @throws IllegalArgumentException if a point is not feasible
     * @throws IllegalStateException if too many suggestions wait
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
     * The trials of an earlier space whose losses hold in a new one, as points of that, in their order: all values are in
     * range, and what is new or gone was at its initial value, where the model shipped has it. Parameters are matched by
     * name; a choice with another number of options is another parameter.
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
     * The point of a new space nearest to one of an earlier: values out of range are clamped, what is new is at its initial
     * value. It may have another loss, so only {@link #suggest} it.
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
        if (parameter instanceof Parameter.Real real) {
            return Math.min(Math.max(value, real.low()), real.high());
        }
        if (parameter instanceof Parameter.Int whole) {
            return Math.min(Math.max(Math.rint(value), whole.low()), whole.high());
        }
        return value;
    }
}
