package io.afterlearner.asktell.contract;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Space;

/** The same optimizer with an offset added to every number. */
record ShiftedOptimizer(Optimizer inner, long by) implements Optimizer {
    @Override
    public Space space() {
        return inner.space();
    }

    @Override
    public double[] propose(long number) {
        return inner.propose(number + by);
    }

    @Override
    public void asked(long number, double[] point) {
        inner.asked(number + by, point);
    }

    @Override
    public void tell(long number, Outcome outcome) {
        inner.tell(number + by, outcome);
    }

    @Override
    public void tell(double[] point, Outcome outcome) {
        inner.tell(point, outcome);
    }

    @Override
    public void suggest(double[] point) {
        inner.suggest(point);
    }

    @Override
    public double[] recommend() {
        return inner.recommend();
    }

    @Override
    public double[] best() {
        return inner.best();
    }

    @Override
    public double learnedNats(long number) {
        return inner.learnedNats(number + by);
    }

    @Override
    public String explanation() {
        return inner.explanation();
    }

    @Override
    public int outstanding() {
        return inner.outstanding();
    }
}
