package io.afterlearner.asktell.ledger;

import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.search.Algorithm.Told;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The constraint terms added to a loss: an augmented Lagrangian (Rockafellar: A dual approach to solving nonlinear programming
 * problems by unconstrained optimization, Mathematical Programming 5, 1973; with evolution strategies Atamna, Auger, Hansen:
 * Linearly convergent evolution strategies via augmented Lagrangian constraint handling, FOGA 2017). It is as smooth as the
 * constraints, and with the right multipliers its minimum is that of the problem, without steep walls. Weights start from the
 * spreads of the first told losses and values. Then the best point by merit periodically updates the multipliers, and a weight
 * grows if that did not halve the violation, faster while no feasible point is known. The minimum is approached from the
 * violated side, so a violated constraint is tightened by the violation for a while.
 *
 * @param terms one for each constraint
 * @param patience least number of tells between updates
 * @param since number of tells since the last update
 * @param changes how often the merits changed
 */
record Penalties(List<Term> terms, int patience, int since, long changes) {

    private static final int MIN_PATIENCE = 5;
    private static final int MAX_PATIENCE = 40;
    /** An update replays all kept points, so it waits for at least one tell per so many of them. */
    private static final int POINTS_A_LOOK = 8;

    /**
     * @param weight above 0
     * @param multiplier at least 0
     * @param margin added to the constraint's value, at least 0
     * @param off how far the constraint was off at the last update
     */
    record Term(double weight, double multiplier, double margin, double off) {

        private static final double GROWTH = 2;
        private static final double GROWTH_IN_NEED = 10;
        private static final double MAX_WEIGHT = 1e100;

        static final Term FIRST = weighing(1);

        static Term weighing(double weight) {
            return new Term(weight, 0, 0, Double.POSITIVE_INFINITY);
        }

        double of(double value) {
            double active = active(value);
            return multiplier * active + weight * active * active / 2;
        }

        private double active(double value) {
            return Math.max(value + margin, -multiplier / weight);
        }

        /**
         * @param value of the best point by merit
         * @param need whether no feasible point is known
         */
        Term moved(double value, boolean need) {
            double now = Math.abs(active(value));
            double growth = now <= off / 2 ? 1 : need && value > 0 ? GROWTH_IN_NEED : GROWTH;
            double next = Math.max(0, multiplier + weight * (value + margin));
            return new Term(Math.min(weight * growth, MAX_WEIGHT), next, Math.max(margin / 2, value), now);
        }

        boolean sameMerit(Term other) {
            return weight == other.weight && multiplier == other.multiplier && margin == other.margin;
        }
    }

    static Penalties of(Problem problem) {
        int patience = Math.min(MIN_PATIENCE + problem.space().dimension(), MAX_PATIENCE);
        return new Penalties(Collections.nCopies(problem.constraints(), Term.FIRST), patience, 0, 0);
    }

    /** The loss with penalties; finite. */
    double merit(Told told) {
        double sum = told.loss();
        for (int i = 0; i < terms.size(); i++) {
            sum += terms.get(i).of(told.constraints().get(i));
        }
        return Math.min(sum, Double.MAX_VALUE);
    }

    /** The penalties after one more tell; {@link #changes} stays equal if no merit changed. */
    Penalties next(Collection<Told> latest) {
        if (since + 1 < Math.max(patience, latest.size() / POINTS_A_LOOK)) {
            return new Penalties(terms, patience, since + 1, changes);
        }
        List<Told> measured = latest.stream().filter(told -> !told.failed()).toList();
        if (measured.size() < patience) {
            return this;
        }
        List<Term> next = changes == 0 ? scaled(measured) : moved(measured);
        boolean changed =
                IntStream.range(0, next.size()).anyMatch(i -> !next.get(i).sameMerit(terms.get(i)));
        return new Penalties(next, patience, 0, changes + (changed || changes == 0 ? 1 : 0));
    }

    /** Weights that make the spread of a constraint's values cost as much as the spread of the losses. */
    private List<Term> scaled(List<Told> measured) {
        double losses = spread(measured, Told::loss);
        return IntStream.range(0, terms.size())
                .mapToObj(i -> {
                    double values = spread(measured, told -> told.constraints().get(i));
                    double weight = losses / (values * values);
                    boolean sensible = weight > 0 && weight < Term.MAX_WEIGHT;
                    return sensible ? Term.weighing(weight) : Term.FIRST;
                })
                .toList();
    }

    /** The interquartile range, or the whole range if that is 0. */
    private static double spread(List<Told> measured, ToDoubleFunction<Told> quantity) {
        double[] sorted = measured.stream().mapToDouble(quantity).sorted().toArray();
        double middle = sorted[sorted.length * 3 / 4] - sorted[sorted.length / 4];
        return middle > 0 ? middle : sorted[sorted.length - 1] - sorted[0];
    }

    private List<Term> moved(List<Told> measured) {
        Told best = Collections.min(measured, Comparator.comparingDouble(this::merit));
        boolean need = measured.stream().noneMatch(Told::feasible);
        return IntStream.range(0, terms.size())
                .mapToObj(i -> terms.get(i).moved(best.constraints().get(i), need))
                .toList();
    }
}
