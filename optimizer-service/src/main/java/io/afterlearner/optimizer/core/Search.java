package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * What a study has learned from the results it has heard: the optimizer, the recommended candidate, and whether anything can be
 * measured at all. Every decision about candidates rests on this alone.
 */
final class Search {
    /** Under noise, one in this many asks measures the recommended candidate again. */
    private static final int ASKS_PER_REPETITION = 5;

    private final RunPlan plan;
    private final Recommendation recommendation;
    private Optimizer optimizer;
    /** The champion; candidates stay near it. */
    private double[] centre;
    /** Numbers below were asked before what they measure changed. */
    private long firstNumber;

    private int suggestions;
    private long measured;
    private long missed;
    /** Why candidate 0 could not be measured; null if it was or still may be. */
    private @Nullable Failure baselineFailure;

    private @Nullable Failure latestFailure;

    Search(RunPlan plan) {
        this.plan = plan;
        this.recommendation = new Recommendation(plan);
        this.optimizer = plan.optimizer();
        this.centre = plan.space().initial();
    }

    Optimizer optimizer() {
        return optimizer;
    }

    Recommendation recommendation() {
        return recommendation;
    }

    int suggestions() {
        return suggestions;
    }

    long missed() {
        return missed;
    }

    @Nullable
    Failure baselineFailure() {
        return baselineFailure;
    }

    /** The failure after which no further result can help; null while one may. */
    @Nullable
    Failure fatal() {
        boolean allFailed = measured == 0 && missed >= Limits.FAILURES_TO_BEGIN_WITH;
        return baselineFailure == null && allFailed ? latestFailure : baselineFailure;
    }

    /** The point to ask next. Under noise that is regularly the recommended one, so that its loss is known well. */
    double[] proposal(long number, long budget) {
        if (number == 0 || suggestions > 0) {
            return optimizer.propose(number);
        }
        return near(isToBeRepeated(number, budget) ? optimizer.recommend() : optimizer.propose(number));
    }

    private boolean isToBeRepeated(long number, long budget) {
        return plan.noisy() && measured > 0 && (number % ASKS_PER_REPETITION == 0 || number == budget - 1);
    }

    private double[] near(double[] point) {
        return plan.online() ? new ChampionRegion(plan.space(), plan.trustRegion()).clamped(point, centre) : point;
    }

    /** @return whether the candidate was asked because the optimizer recommended it */
    boolean asked(Event.Asked event, long budget) {
        boolean recommended = isToBeRepeated(event.number(), budget) && suggestions == 0;
        optimizer.asked(event.number(), event.values());
        suggestions = Math.max(0, suggestions - (event.number() == 0 ? 0 : 1));
        return recommended;
    }

    void hear(Turns.Result result) {
        if (result.event() instanceof Event.Told told) {
            measured++;
            tell(told.number(), plan.outcome(told.loss(), told.standardError()));
            recommendation.told(
                    result.candidate(),
                    new Recommendation.Measurement(
                            told.number(), result.candidate().values(), told.loss(), told.standardError()));
        } else if (result.event() instanceof Event.Failed failed) {
            miss(failed.number(), failed.failure());
        } else if (result.event() instanceof Event.Expired expired) {
            miss(expired.number(), expired.failure());
        }
    }

    private void miss(long number, Failure why) {
        missed++;
        tell(number, new Outcome.Failed());
        latestFailure = why;
        if (number == 0) {
            baselineFailure = why;
            recommendation.baselineFailed();
        }
    }

    private void tell(long number, Outcome outcome) {
        if (number >= firstNumber) {
            optimizer.tell(number, outcome);
        }
    }

    void suggest(double[] values) {
        optimizer.suggest(values);
        suggestions++;
    }

    void centre(double[] values) {
        centre = values;
    }

    /** Begins again around the champion. Numbering goes on, so no random draw repeats. */
    void reopen(long nextNumber) {
        optimizer = plan.optimizerFrom(centre);
        firstNumber = nextNumber;
        suggestions = 0;
        recommendation.reopen();
    }
}
