package io.afterlearner.asktell.contract;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Space;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Records every call that changes state, so that it can be replayed. */
final class RecordedOptimizer implements Optimizer {
    final List<Consumer<Optimizer>> log = new ArrayList<>();
    private final Optimizer inner;

    RecordedOptimizer(Optimizer inner) {
        this.inner = inner;
    }

    @Override
    public Space space() {
        return inner.space();
    }

    @Override
    public double[] propose(long number) {
        return inner.propose(number);
    }

    @Override
    public void asked(long number, double[] point) {
        double[] copy = point.clone();
        log.add(o -> o.asked(number, copy));
        inner.asked(number, point);
    }

    @Override
    public void tell(long number, Outcome outcome) {
        log.add(o -> o.tell(number, outcome));
        inner.tell(number, outcome);
    }

    @Override
    public void tell(double[] point, Outcome outcome) {
        double[] copy = point.clone();
        log.add(o -> o.tell(copy, outcome));
        inner.tell(point, outcome);
    }

    @Override
    public void suggest(double[] point) {
        double[] copy = point.clone();
        log.add(o -> o.suggest(copy));
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
        return inner.learnedNats(number);
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
