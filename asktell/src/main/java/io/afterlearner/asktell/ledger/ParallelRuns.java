package io.afterlearner.asktell.ledger;

import io.afterlearner.asktell.math.Generator;
import io.afterlearner.asktell.search.Algorithm;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Independent parallel runs: ask n belongs to run n mod k. They sample for disjoint numbers, so their randomness is
 * independent. ℵ₀ and points from outside are told to all runs.
 */
public final class ParallelRuns implements Algorithm {

    private final List<Algorithm> runs;

    public ParallelRuns(List<Algorithm> runs) {
        this.runs = List.copyOf(runs);
    }

    @Override
    public double[] sample(long number, Generator random) {
        return runOf(number).sample(number, random);
    }

    @Override
    public void asked(long number, double[] point, boolean sampled) {
        runOf(number).asked(number, point, sampled);
    }

    @Override
    public double lossToBeat(long number) {
        return runOf(number).lossToBeat(number);
    }

    @Override
    public void update(Told told) {
        if (told.number() <= 0) {
            runs.forEach(run -> run.update(told));
        } else {
            runOf(told.number()).update(told.seenAs(told.loss(), told.lag() / runs.size(), told.lossToBeat()));
        }
    }

    /** Delegates to the first run. */
    @Override
    public double @Nullable [] recommendation() {
        return runs.get(0).recommendation();
    }

    /** Joins the distinct explanations of all runs. */
    @Override
    public String explanation() {
        return runs.stream()
                .map(Algorithm::explanation)
                .filter(clause -> !clause.isEmpty())
                .distinct()
                .collect(Collectors.joining(", in another run "));
    }

    @Override
    public boolean repeats() {
        return runs.get(0).repeats();
    }

    @Override
    public double learnedNats(long number) {
        return runOf(number).learnedNats(number);
    }

    private Algorithm runOf(long number) {
        return runs.get((int) (number % runs.size()));
    }
}
