package io.afterlearner.asktell;

import io.afterlearner.asktell.Algorithm.Told;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Queue;

/** Keeps the numbers, the suggestions and the best point told, the same for every {@link Algorithm}. */
final class Ledger implements Optimizer {

    private record Pending(double[] point, boolean sampled, long toldBefore, double lossToBeat) {}

    private final Space space;
    private final long seed;
    private final Algorithm algorithm;
    /** Never iterated, so its order does not matter. */
    private final Map<Long, Pending> pending = new HashMap<>();

    private final Queue<double[]> suggestions = new ArrayDeque<>();
    private final Incumbents incumbents;
    private long told;

    Ledger(Problem problem, Algorithm algorithm) {
        space = problem.space();
        seed = problem.seed();
        this.algorithm = algorithm;
        incumbents = new Incumbents(space.initial());
    }

    @Override
    public Space space() {
        return space;
    }

    @Override
    public double[] propose(long number) {
        requireNumber(number);
        if (number == 0) {
            return space.initial();
        }
        double[] suggestion = suggestions.peek();
        return suggestion != null ? suggestion.clone() : algorithm.sample(number, new Generator(seed, number));
    }

    @Override
    public void asked(long number, double[] point) {
        requireNumber(number);
        space.check(point);
        if (pending.containsKey(number)) {
            throw new IllegalArgumentException("number " + number + " is outstanding already");
        }
        if (pending.size() >= MOST_OUTSTANDING) {
            throw new IllegalStateException(MOST_OUTSTANDING + " numbers are outstanding: tell some first");
        }
        boolean suggested = useSuggestion(point);
        boolean sampled = number != 0 && !suggested;
        double[] kept = point.clone();
        algorithm.asked(number, kept, sampled);
        pending.put(number, new Pending(kept, sampled, told, algorithm.lossToBeat(number)));
    }

    private boolean useSuggestion(double[] point) {
        for (Iterator<double[]> waiting = suggestions.iterator(); waiting.hasNext(); ) {
            if (Arrays.equals(waiting.next(), point)) {
                waiting.remove();
                return true;
            }
        }
        return false;
    }

    @Override
    public void tell(long number, Outcome outcome) {
        Pending asked = pending.remove(number);
        if (asked == null) {
            throw new IllegalArgumentException("number " + number + " is not outstanding");
        }
        learn(
                new Told(
                        number,
                        asked.point(),
                        loss(outcome),
                        asked.sampled(),
                        told - asked.toldBefore(),
                        asked.lossToBeat()),
                outcome);
    }

    @Override
    public void tell(double[] point, Outcome outcome) {
        space.check(point);
        learn(new Told(Told.NEVER_ASKED, point.clone(), loss(outcome), false, 0, Double.POSITIVE_INFINITY), outcome);
    }

    private void learn(Told news, Outcome outcome) {
        if (outcome instanceof Outcome.Measured measured) {
            incumbents.add(news.point(), measured);
        }
        algorithm.update(news);
        told++;
    }

    private static double loss(Outcome outcome) {
        return outcome instanceof Outcome.Measured measured ? measured.loss() : Double.POSITIVE_INFINITY;
    }

    @Override
    public void suggest(double[] point) {
        space.check(point);
        if (suggestions.size() >= MOST_SUGGESTIONS) {
            throw new IllegalStateException(MOST_SUGGESTIONS + " suggestions wait already: ask for some first");
        }
        suggestions.add(point.clone());
    }

    @Override
    public double[] recommend() {
        double[] modelled = incumbents.noisy() ? algorithm.recommendation() : null;
        return modelled != null ? modelled : incumbents.surest().clone();
    }

    @Override
    public double[] best() {
        return incumbents.best().clone();
    }

    @Override
    public double learnedNats(long number) {
        return algorithm.learnedNats(number);
    }

    @Override
    public int outstanding() {
        return pending.size();
    }

    private static void requireNumber(long number) {
        if (number < 0) {
            throw new IllegalArgumentException("an ask's number is " + number + ": it must be 0 or more");
        }
    }
}
