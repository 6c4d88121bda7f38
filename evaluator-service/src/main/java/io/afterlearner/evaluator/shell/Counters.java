package io.afterlearner.evaluator.shell;

import io.afterlearner.evaluator.shell.EvaluatorEvents.Outcome;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;

/** Counts what becomes of the records of one queue. */
public final class Counters {
    /** Fitness with a loss sent. */
    public final LongAdder measured = new LongAdder();
    /** Fitness with a failure sent. */
    public final LongAdder failed = new LongAdder();
    /** Candidates not evaluated because their deadline had passed. */
    public final LongAdder expired = new LongAdder();

    final LongAdder deadLettered = new LongAdder();
    final LongAdder quarantined = new LongAdder();
    /** Candidates released. */
    public final LongAdder released = new LongAdder();
    /** Candidates whose lease was lost while they were evaluated. */
    public final LongAdder leasesLost = new LongAdder();
    /** Leases renewed. */
    public final LongAdder renewals = new LongAdder();
    /** Time spent evaluating. */
    public final LongAdder busyMicros = new LongAdder();
    /** Slots that currently hold a candidate. */
    public final LongAdder busySlots = new LongAdder();

    private final EvaluatorEvents events;
    private final BiConsumer<String, Outcome> outcomes;

    /** @param outcomes hears what became of each record of a study */
    Counters(EvaluatorEvents events, BiConsumer<String, Outcome> outcomes) {
        this.events = events;
        this.outcomes = outcomes;
    }

    void count(String study, Outcome outcome) {
        (switch (outcome) {
                    case MEASURED -> measured;
                    case FAILED -> failed;
                    case EXPIRED -> expired;
                })
                .increment();
        outcomes.accept(study, outcome);
    }

    void deadLetter() {
        deadLettered.increment();
        events.deadLetter();
    }

    void quarantine() {
        quarantined.increment();
        events.quarantined();
    }
}
