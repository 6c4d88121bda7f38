package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.optimizer.core.Outstanding.Waiting;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A study as the left fold of its events: the same events give bit-identical state. Applying one draws no randomness and
 * reads no clock. Memory holds the outstanding candidates, one bit per candidate, and the optimizer. Not thread-safe.
 */
public final class StudyState {
    /** Under noise, one in this many asks measures the recommended candidate again. */
    private static final int ASKS_PER_REPETITION = 5;

    private final RunPlan plan;
    final Failure.Maker failures;
    Optimizer optimizer;
    final Recommendation recommendation;
    final Outstanding outstanding = new Outstanding();
    /** Bit n is set if candidate n expired. */
    private final BitSet expiredNumbers = new BitSet();

    private long sequence = -1;
    private long atMillis;
    private Status status = Status.RUNNING;

    /** Null unless it was stopped. */
    Event.@Nullable Changed stop;

    long budget;
    long asked;
    long told;
    long failed;
    long expired;
    int suggestions;

    /** Why candidate 0 could not be measured; null if it was or still may be. */
    @Nullable
    Failure baselineFailure;

    @Nullable
    Failure latestFailure;

    /** The champion; candidates stay near it. */
    private double[] centre;
    /** Numbers below were asked before what they measure changed. */
    private long firstOfSearch;

    private Bookkeeping bookkeeping = Bookkeeping.EMPTY;

    /** A study before its first event. */
    public StudyState(RunPlan plan, Failure.Maker failures) {
        this.plan = plan;
        this.failures = failures;
        this.recommendation = new Recommendation(plan);
        this.optimizer = plan.optimizer();
        this.budget = plan.budget();
        this.centre = plan.space().initial();
    }

    public RunPlan plan() {
        return plan;
    }

    /** Folds in the next event. */
    public void apply(Event event) {
        status = event.match(new Fold());
        sequence++;
        atMillis = event.atMillis();
    }

    public void ignore(Decision.Kind kind) {
        bookkeeping = bookkeeping.ignoring(kind);
    }

    /** Remembers a command, so that it acts only once. */
    public void remember(String command) {
        bookkeeping = bookkeeping.remembering(command);
    }

    /** Restores what is kept beside the events. */
    public void restore(Bookkeeping kept) {
        bookkeeping = kept;
    }

    public Bookkeeping bookkeeping() {
        return bookkeeping;
    }

    /** Sequence of the last event folded in; -1 before the first. */
    public long sequence() {
        return sequence;
    }

    public long atMillis() {
        return atMillis;
    }

    public Status status() {
        return status;
    }

    /** Candidates failed or expired. */
    long missed() {
        return failed + expired;
    }

    /** When the first outstanding candidate expires, in epoch milliseconds; {@link Long#MAX_VALUE} if none is. */
    public long deadlineMillis() {
        return outstanding.deadlineMillis();
    }

    boolean hasExpired(long number) {
        return expiredNumbers.get((int) number);
    }

    /** The point to ask next. Under noise that is regularly the recommended one, so that its loss is known well. */
    double[] proposal() {
        if (asked == 0 || suggestions > 0) {
            return optimizer.propose(asked);
        }
        return near(isToBeRepeated() ? optimizer.recommend() : optimizer.propose(asked));
    }

    private boolean isToBeRepeated() {
        return plan.noisy() && told > 0 && (asked % ASKS_PER_REPETITION == 0 || asked == budget - 1);
    }

    private double[] near(double[] point) {
        return plan.online() ? new ChampionRegion(plan.space(), plan.trustRegion()).clamped(point, centre) : point;
    }

    public Standing standing() {
        return Standing.of(this);
    }

    /** Whether candidate 0 was measured. */
    public boolean hasBaseline() {
        return recommendation.baseline() != null;
    }

    public long incumbentNumber() {
        Recommendation.Measurement incumbent = recommendation.incumbent();
        return incumbent == null ? 0 : incumbent.number();
    }

    /** Folds in one event, and returns the status after it. */
    private final class Fold implements Event.Cases<Status> {

        @Override
        public Status asked(Event.Asked event) {
            if (event.number() != asked) {
                throw new IllegalStateException(
                        "candidate " + event.number() + " is asked where " + asked + " is next");
            }
            boolean recommended = isToBeRepeated() && suggestions == 0;
            optimizer.asked(event.number(), event.values());
            outstanding.add(
                    new Waiting(event.number(), event.values(), event.atMillis() + plan.timeoutMillis(), recommended));
            asked++;
            suggestions = Math.max(0, suggestions - (event.number() == 0 ? 0 : 1));
            return status;
        }

        @Override
        public Status told(Event.Told event) {
            Waiting waiting = outstanding.remove(event.number());
            if (event.number() >= firstOfSearch) {
                optimizer.tell(event.number(), plan.outcome(event.loss(), event.standardError()));
            }
            told++;
            recommendation.told(
                    waiting,
                    new Recommendation.Measurement(
                            event.number(), waiting.values(), event.loss(), event.standardError()));
            return status;
        }

        @Override
        public Status failed(Event.Failed event) {
            failed++;
            return missed(event.number(), event.failure());
        }

        @Override
        public Status expired(Event.Expired event) {
            expired++;
            expiredNumbers.set((int) event.number());
            return missed(event.number(), event.failure());
        }

        private Status missed(long number, Failure why) {
            outstanding.remove(number);
            if (number >= firstOfSearch) {
                optimizer.tell(number, new Outcome.Failed());
            }
            latestFailure = why;
            if (number == 0) {
                baselineFailure = why;
                recommendation.baselineFailed();
            }
            return status;
        }

        @Override
        public Status changed(Event.Changed event) {
            return switch (event.change()) {
                case CREATED, EXTENDED -> budget(event.budget());
                case SUGGESTED -> {
                    optimizer.suggest(event.values());
                    suggestions++;
                    yield status;
                }
                case PAUSED -> Status.PAUSED;
                case RESUMED -> Status.RUNNING;
                case CENTRED -> {
                    centre = event.values();
                    yield status;
                }
                case REOPENED -> reopened(event.budget());
                case STOPPED -> {
                    stop = event;
                    yield Status.STOPPED;
                }
                case FINISHED -> Status.FINISHED;
            };
        }

        /** Numbering goes on, so no random draw repeats. */
        private Status reopened(long total) {
            optimizer = plan.optimizerFrom(centre);
            firstOfSearch = asked;
            suggestions = 0;
            recommendation.reopen();
            return budget(total);
        }

        private Status budget(long total) {
            budget = total;
            return status == Status.FINISHED ? Status.RUNNING : status;
        }
    }
}
