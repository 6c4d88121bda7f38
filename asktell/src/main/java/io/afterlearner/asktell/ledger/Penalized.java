package io.afterlearner.asktell.ledger;

import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Presents a constrained problem to an algorithm as a single loss per point: the loss plus {@link Penalties}. Algorithms
 * remember what they were told, so after a change of the penalties a new algorithm is told the latest points. There is no bound
 * on {@link #learnedNats}: comparing merits depends on more than the order of losses and values.
 */
public final class Penalized implements Algorithm {

    private static final int MAX_POINTS = 1_000;

    private record Asked(double[] point, boolean sampled, double lossToBeat) {}

    private final Supplier<Algorithm> fresh;
    private final Deque<Told> latest = new ArrayDeque<>();
    /** In the order they were asked. */
    private final Map<Long, Asked> outstanding = new LinkedHashMap<>();

    private Algorithm algorithm;
    private Penalties penalties;

    public Penalized(Problem problem, Supplier<Algorithm> fresh) {
        this.fresh = fresh;
        algorithm = fresh.get();
        penalties = Penalties.of(problem);
    }

    @Override
    public double[] sample(long number, Generator random) {
        return algorithm.sample(number, random);
    }

    @Override
    public String explanation() {
        return algorithm.explanation();
    }

    @Override
    public double lossToBeat(long number) {
        return algorithm.lossToBeat(number);
    }

    @Override
    public void asked(long number, double[] point, boolean sampled) {
        algorithm.asked(number, point, sampled);
        outstanding.put(number, new Asked(point, sampled, algorithm.lossToBeat(number)));
    }

    @Override
    public void update(Told told) {
        Asked asked = outstanding.remove(told.number());
        latest.add(told);
        if (latest.size() > MAX_POINTS) {
            latest.remove();
        }
        Penalties next = penalties.next(latest);
        boolean same = next.changes() == penalties.changes();
        penalties = next;
        if (same) {
            algorithm.update(shown(told, asked == null ? told.lossToBeat() : asked.lossToBeat()));
        } else {
            replay();
        }
    }

    private void replay() {
        algorithm = fresh.get();
        for (Told told : latest) {
            boolean ask = told.number() != Told.NEVER_ASKED;
            if (ask) {
                algorithm.asked(told.number(), told.point(), told.sampled());
            }
            algorithm.update(shown(told, ask ? algorithm.lossToBeat(told.number()) : told.lossToBeat()));
        }
        List<Map.Entry<Long, Asked>> waiting = new ArrayList<>(outstanding.entrySet());
        waiting.forEach(entry ->
                asked(entry.getKey(), entry.getValue().point(), entry.getValue().sampled()));
    }

    private Told shown(Told told, double lossToBeat) {
        double merit = told.failed() ? told.loss() : penalties.merit(told);
        return told.seenAs(merit, told.lag(), lossToBeat);
    }
}
