package io.afterlearner.optimizer.core;

import io.afterlearner.optimizer.core.Outstanding.Waiting;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * A study as the left fold of its events: the same events give bit-identical state. Applying one draws no randomness and
 * reads no clock. Memory holds the outstanding candidates, one bit per candidate, and the optimizer. Not thread-safe.
 */
public final class StudyState {
    private final RunPlan plan;
    final Failure.Maker failures;
    final Search search;
    final Outstanding outstanding = new Outstanding();
    private final Turns turns;
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

    private Bookkeeping bookkeeping = Bookkeeping.EMPTY;

    /** A study before its first event. */
    public StudyState(RunPlan plan, Failure.Maker failures) {
        this.plan = plan;
        this.failures = failures;
        this.search = new Search(plan);
        this.turns = new Turns(plan);
        this.budget = plan.budget();
    }

    public RunPlan plan() {
        return plan;
    }

    /** Folds in the next event. */
    public void apply(Event event) {
        status = event.match(new Fold());
        sequence++;
        atMillis = event.atMillis();
        hearResults();
    }

    private void hearResults() {
        boolean askedAll = asked >= budget || status == Status.STOPPED;
        for (Turns.Result next = turns.next(asked, askedAll); next != null; next = turns.next(asked, askedAll)) {
            search.hear(next);
        }
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

    /** When the first outstanding candidate expires, in epoch milliseconds; {@link Long#MAX_VALUE} if none is. */
    public long deadlineMillis() {
        return outstanding.deadlineMillis();
    }

    boolean hasExpired(long number) {
        return expiredNumbers.get((int) number);
    }

    /** How long a candidate has been outstanding, in milliseconds; 0 if it is not. */
    public long outstandingMillis(long number, long nowMillis) {
        Waiting waiting = outstanding.get(number);
        return waiting == null ? 0 : nowMillis - waiting.askedMillis();
    }

    /** Number of candidates that are asked and not yet told, failed or expired. */
    public int outstanding() {
        return outstanding.size();
    }

    /** Number of candidates that may still be asked. */
    public long remaining() {
        return status.hasEnded() ? 0 : budget - asked;
    }

    /** When the first outstanding candidate was asked, in epoch milliseconds; {@link Long#MAX_VALUE} if none is. */
    public long oldestAskedMillis() {
        return outstanding.oldestAskedMillis();
    }

    /** Loss of the recommended candidate; NaN until it is known. */
    public double incumbentLoss() {
        return loss(search.recommendation().incumbent());
    }

    /** Loss of candidate 0; NaN until it is told. */
    public double baselineLoss() {
        return loss(search.recommendation().baseline());
    }

    private static double loss(Recommendation.@Nullable Measurement measured) {
        return measured == null ? Double.NaN : measured.loss();
    }

    /** Whether another candidate may be outstanding. */
    boolean hasRoom() {
        return turns.hasRoom(asked, outstanding.size());
    }

    /** The point to ask next. */
    double[] proposal() {
        return search.proposal(asked, budget);
    }

    public Standing standing() {
        return Standing.of(this);
    }

    /** Whether candidate 0 was measured. */
    public boolean hasBaseline() {
        return search.recommendation().baseline() != null;
    }

    public long incumbentNumber() {
        Recommendation.Measurement incumbent = search.recommendation().incumbent();
        return incumbent == null ? 0 : incumbent.number();
    }

    /** The budget of a study that is reopened: one more initial budget, unless the log would become too large. */
    public long reopenedBudget() {
        long wanted = asked + plan.budget();
        return Limits.overBudget(wanted, plan.space().dimension()) == null ? wanted : Math.max(asked, budget);
    }

    /** Folds in one event, and returns the status after it. */
    private final class Fold implements Event.Cases<Status> {

        @Override
        public Status asked(Event.Asked event) {
            if (event.number() != asked) {
                throw new IllegalStateException(
                        "candidate " + event.number() + " is asked where " + asked + " is next");
            }
            boolean recommended = search.asked(event, budget);
            long at = event.atMillis();
            outstanding.add(
                    new Waiting(event.number(), event.values(), at, at + plan.waitMillis(), recommended, Claims.NONE));
            asked++;
            return status;
        }

        /** Waiting begins anew for a candidate that was given back. */
        @Override
        public Status claimed(Event.Claimed event) {
            Waiting waiting = outstanding.get(event.number());
            if (waiting == null) {
                throw new IllegalStateException("candidate " + event.number() + " is not outstanding");
            }
            long limitMillis = event.holds() ? plan.heldMillis() : plan.waitMillis();
            outstanding.claim(event.number(), waiting.claims().next(event), event.atMillis() + limitMillis);
            return status;
        }

        @Override
        public Status told(Event.Told event) {
            told++;
            return ended(event.number(), event);
        }

        @Override
        public Status failed(Event.Failed event) {
            failed++;
            return ended(event.number(), event);
        }

        @Override
        public Status expired(Event.Expired event) {
            expired++;
            expiredNumbers.set((int) event.number());
            return ended(event.number(), event);
        }

        private Status ended(long number, Event event) {
            turns.add(new Turns.Result(outstanding.remove(number), event));
            return status;
        }

        @Override
        public Status changed(Event.Changed event) {
            return switch (event.change()) {
                case CREATED, EXTENDED -> budget(event.budget());
                case SUGGESTED -> {
                    search.suggest(event.values());
                    yield status;
                }
                case PAUSED -> Status.PAUSED;
                case RESUMED -> Status.RUNNING;
                case CENTRED -> {
                    search.centre(event.values());
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

        private Status reopened(long total) {
            search.reopen(asked);
            return budget(total);
        }

        private Status budget(long total) {
            budget = total;
            return status == Status.FINISHED ? Status.RUNNING : status;
        }
    }
}
