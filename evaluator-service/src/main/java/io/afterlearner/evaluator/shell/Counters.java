package io.afterlearner.evaluator.shell;

import java.util.concurrent.atomic.LongAdder;

/** Counters for metrics. */
public final class Counters {
    /** Fitness with a loss sent. */
    public final LongAdder measured = new LongAdder();
    /** Fitness with a failure sent. */
    public final LongAdder failed = new LongAdder();
    /** Candidates not evaluated because their deadline had passed. */
    public final LongAdder expired = new LongAdder();
    /** Records that were not candidates. */
    public final LongAdder deadLettered = new LongAdder();
    /** Records that were answered with a failure because they failed unexpectedly, or too often. */
    public final LongAdder quarantined = new LongAdder();
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
}
