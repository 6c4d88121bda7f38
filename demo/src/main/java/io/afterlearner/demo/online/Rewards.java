package io.afterlearner.demo.online;

import io.afterlearner.demo.report.OnlineResult.Sample;
import io.afterlearner.demo.world.Tally;
import java.util.ArrayList;
import java.util.List;

/** The true reward of each arm over time, and the time since the first visit. */
final class Rewards {
    /** The mean of fewer visits says little. */
    private static final int MIN_VISITS = 20;

    private final List<Sample> samples = new ArrayList<>();
    private Tally tally = Tally.NONE;
    private long begunNanos = System.nanoTime();
    private long begunAtMillis = System.currentTimeMillis();

    /** Adds the means of the visits since the last tally. */
    void add(Tally now) {
        if (now.arms().isEmpty()) {
            return;
        }
        if (!hasBegun()) {
            begunNanos = System.nanoTime();
            begunAtMillis = System.currentTimeMillis();
        }
        samples.add(new Sample(seconds(), mean(now, "CONTROL"), mean(now, "CHAMPION"), mean(now, "EXPLORE")));
        tally = now;
    }

    private double mean(Tally now, String arm) {
        Tally.Total more = now.of(arm).minus(tally.of(arm));
        return more.visits() < MIN_VISITS ? Double.NaN : more.mean();
    }

    boolean hasBegun() {
        return !tally.arms().isEmpty();
    }

    long begunAtMillis() {
        return begunAtMillis;
    }

    double seconds() {
        return (System.nanoTime() - begunNanos) / 1e9;
    }

    Tally tally() {
        return tally;
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }
}
