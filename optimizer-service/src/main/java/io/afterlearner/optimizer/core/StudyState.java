package io.afterlearner.optimizer.core;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.optimizer.core.Outstanding.Waiting;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A study as the left fold of its events: the same events give bit-identical state. Applying one draws no randomness and
 * reads no clock. Memory holds what is outstanding, one bit a candidate, and what the optimizer keeps. Not thread-safe.
 */
public final class StudyState {
    /** Under noise, one ask in so many evaluates what is recommended. */
    private static final int ASKS_A_REPETITION = 5;

    private final Plan plan;
    private final Failures failures;
    private Optimizer optimizer;
    private final Outstanding outstanding = new Outstanding();
    /** Bit n is set if candidate n expired. */
    private final BitSet expiredNumbers = new BitSet();

    private long sequence = -1;
    private long atMillis;
    private Status status = Status.RUNNING;
    private @Nullable String reason;
    private long budget;
    private long asked;
    private long told;
    private long failed;
    private long expired;
    private int suggestions;
    private @Nullable Measurement baseline;
    private @Nullable Measurement best;
    private @Nullable Failure baselineFailure;
    private @Nullable Failure latestFailure;
    /** The champion, which candidates stay near. */
    private double[] centre;
    /** Numbers below were asked before what they measure changed. */
    private long firstOfSearch;

    private Margin margin = Margin.EMPTY;

    /** A study nothing happened in yet. */
    public StudyState(Plan plan, Failures failures) {
        this.plan = plan;
        this.failures = failures;
        this.optimizer = plan.optimizer();
        this.budget = plan.budget();
        this.centre = plan.space().initial();
    }

    public Plan plan() {
        return plan;
    }

    Failures failures() {
        return failures;
    }

    /** Folds in the next event. */
    public void apply(Event event) {
        event.match(new Fold());
        sequence++;
        atMillis = event.atMillis();
    }

    /** Counts a fitness that is not told. */
    public void ignore(Decision.Kind kind) {
        margin = margin.ignoring(kind);
    }

    /** Makes the same command sent again act no more. */
    public void remember(String command) {
        margin = margin.remembering(command);
    }

    /** Puts back what was remembered beside the events. */
    public void restore(Margin remembered) {
        margin = remembered;
    }

    public Margin margin() {
        return margin;
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

    public long budget() {
        return budget;
    }

    public long asked() {
        return asked;
    }

    public long told() {
        return told;
    }

    /** Candidates failed or expired. */
    long missed() {
        return failed + expired;
    }

    int suggestions() {
        return suggestions;
    }

    Outstanding outstanding() {
        return outstanding;
    }

    /** How many candidates are asked and not yet told, failed or expired. */
    public int outstandingCount() {
        return outstanding.size();
    }

    /** When the first outstanding candidate expires, in epoch milliseconds; {@link Long#MAX_VALUE} if none is. */
    public long deadlineMillis() {
        return outstanding.deadlineMillis();
    }

    boolean hasExpired(long number) {
        return expiredNumbers.get((int) number);
    }

    /** Why candidate 0 could not be measured; null if it was, or still may be. */
    @Nullable
    Failure baselineFailure() {
        return baselineFailure;
    }

    @Nullable
    Failure latestFailure() {
        return latestFailure;
    }

    /** The point ask {@code asked()} gets: every so often, under noise, the one recommended, so that it is known well. */
    double[] proposal() {
        if (asked == 0 || suggestions > 0) {
            return optimizer.propose(asked);
        }
        return near(isToBeRepeated() ? optimizer.recommend() : optimizer.propose(asked));
    }

    private boolean isToBeRepeated() {
        return plan.noisy() && told > 0 && (asked % ASKS_A_REPETITION == 0 || asked == budget - 1);
    }

    private double[] near(double[] point) {
        return plan.online() ? new TrustRegion(plan.space(), plan.trustRegion()).clamped(point, centre) : point;
    }

    /** Where the study stands, and the incumbent: what measured lowest, if that is lower than ℵ₀ measured, else ℵ₀. */
    public Standing standing() {
        Measurement incumbent = incumbent();
        return new Standing(
                sequence,
                atMillis,
                status,
                reason,
                incumbent == null ? 0 : incumbent.number(),
                Arrays.stream(incumbent == null ? plan.space().initial() : incumbent.values())
                        .boxed()
                        .toList(),
                incumbent == null ? null : incumbent.loss(),
                incumbent == null ? null : incumbent.standardError(),
                baseline == null ? null : baseline.loss(),
                budget,
                asked,
                told,
                failed,
                expired,
                margin,
                optimizer.learnedNats(incumbent == null ? 0 : incumbent.number()),
                optimizer.explanation());
    }

    /** Whether candidate 0 was measured. */
    public boolean hasBaseline() {
        return baseline != null;
    }

    /** Number of the incumbent. */
    public long incumbentNumber() {
        Measurement incumbent = incumbent();
        return incumbent == null ? 0 : incumbent.number();
    }

    /**
     * What measured lowest. Under noise the lowest is a lucky one: then the latest that was asked because it was
     * recommended, and measured better than ℵ₀.
     */
    private @Nullable Measurement preferred(Waiting waiting, Measurement measured) {
        if (plan.noisy()) {
            boolean better = baseline == null || measured.beats(baseline);
            return waiting.recommended() && better ? measured : best;
        }
        return best == null || measured.beats(best) ? measured : best;
    }

    private @Nullable Measurement incumbent() {
        return best != null && isBetterThanShipped(best) ? best : baseline;
    }

    /** Before ℵ₀ is measured nothing can be known to be better than it, unless losses are differences to it. */
    private boolean isBetterThanShipped(Measurement measured) {
        boolean difference = plan.online() && baselineFailure != null && measured.loss() < 0;
        return baseline == null ? difference : measured.beats(baseline);
    }

    private final class Fold implements Event.Cases<List<Void>> {
        private static final List<Void> DONE = List.of();

        @Override
        public List<Void> created(Event.Created event) {
            budget = event.budget();
            return DONE;
        }

        @Override
        public List<Void> asked(Event.Asked event) {
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
            return DONE;
        }

        @Override
        public List<Void> told(Event.Told event) {
            Waiting waiting = outstanding.remove(event.number());
            if (event.number() >= firstOfSearch) {
                optimizer.tell(event.number(), plan.outcome(event.loss(), event.standardError()));
            }
            told++;
            Measurement measured =
                    new Measurement(event.number(), waiting.values(), event.loss(), event.standardError());
            baseline = event.number() == 0 ? measured : baseline;
            best = preferred(waiting, measured);
            return DONE;
        }

        @Override
        public List<Void> failed(Event.Failed event) {
            failed++;
            return missed(event.number(), event.failure());
        }

        @Override
        public List<Void> expired(Event.Expired event) {
            expired++;
            expiredNumbers.set((int) event.number());
            return missed(event.number(), event.failure());
        }

        private List<Void> missed(long number, Failure why) {
            outstanding.remove(number);
            if (number >= firstOfSearch) {
                optimizer.tell(number, new Outcome.Failed());
            }
            latestFailure = why;
            baselineFailure = number == 0 ? why : baselineFailure;
            return DONE;
        }

        @Override
        public List<Void> suggested(Event.Suggested event) {
            optimizer.suggest(event.values());
            suggestions++;
            return DONE;
        }

        @Override
        public List<Void> paused(Event.Paused event) {
            status = Status.PAUSED;
            return DONE;
        }

        @Override
        public List<Void> resumed(Event.Resumed event) {
            status = Status.RUNNING;
            return DONE;
        }

        @Override
        public List<Void> extended(Event.Extended event) {
            budget = event.budget();
            status = status == Status.FINISHED ? Status.RUNNING : status;
            return DONE;
        }

        @Override
        public List<Void> centred(Event.Centred event) {
            centre = event.values();
            return DONE;
        }

        /** The numbers go on, so the randomness does, too. */
        @Override
        public List<Void> reopened(Event.Reopened event) {
            optimizer = plan.optimizerFrom(centre);
            firstOfSearch = asked;
            suggestions = 0;
            best = null;
            budget = event.budget();
            status = status == Status.FINISHED ? Status.RUNNING : status;
            return DONE;
        }

        @Override
        public List<Void> stopped(Event.Stopped event) {
            status = Status.STOPPED;
            reason = event.reason();
            return DONE;
        }

        @Override
        public List<Void> finished(Event.Finished event) {
            status = Status.FINISHED;
            return DONE;
        }
    }
}
