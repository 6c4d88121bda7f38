package io.afterlearner.demo.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.demo.world.LateWorld.Change;
import io.afterlearner.feedback.core.forecast.Baseline;
import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.forecast.Traffic;
import io.afterlearner.feedback.core.judge.Hold;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A window of 30 days, of which candidates are told after one. {@code -Pthorough} runs 40 seeds. */
class LateTest {
    private static final boolean THOROUGH = Boolean.getBoolean("afterlearner.thorough");
    private static final int SEEDS = Integer.getInteger("worlds.seeds", THOROUGH ? 40 : 2);
    private static final double LIFT = 0.4;
    /** All candidates told by whole windows take more than 300 days. */
    private static final Duration MOST = Duration.ofDays(250);

    private static List<LateWorld> run(Change change) {
        System.out.println("seeds 1 to " + SEEDS);
        List<LateWorld> worlds = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> new LateWorld(change, true, seed).run(MOST))
                .toList();
        worlds.forEach(System.out::println);
        return worlds;
    }

    private static long promoting(List<LateWorld> worlds) {
        return worlds.stream().filter(w -> w.study.promotions() > 0).count();
    }

    @Test
    void aLiftIsFoundLongBeforeTheWindowsOfAllCandidatesCouldBeOver() {
        List<LateWorld> worlds = run(Change.of(LIFT));
        long gained = worlds.stream()
                .filter(w -> w.effect(w.study.champion()) >= LIFT / 2)
                .count();
        assertTrue(gained >= 0.8 * SEEDS, gained + " of " + SEEDS + " gained half");
        worlds.forEach(w -> assertNotEquals(Hold.ALARM, w.study.state.hold(), w.toString()));
        Forecast forecast = new Forecast(
                LateWorld.plan(LateWorld.EARLY.toMillis()),
                new Traffic(LateWorld.VISITORS_PER_DAY, 0),
                Baseline.rate(LateWorld.RATE),
                List.of(),
                0,
                Duration.ofDays(90).toMillis());
        double foretold =
                forecast.promotionMillis(LIFT) / (double) Duration.ofDays(1).toMillis();
        double[] days =
                worlds.stream().mapToDouble(w -> w.promotedDays).sorted().toArray();
        double median = days[SEEDS / 2];
        System.out.println("promotion foretold after " + foretold + " days, median " + median);
        // Of two seeds there is no median to speak of.
        assertTrue(!THOROUGH || (foretold <= 2 * median && median <= 2 * foretold));
    }

    /** Some candidates convert visitors sooner, but not more of them: by early values they are up to twice as good. */
    @Test
    void whatOnlyComesSoonerIsNotPromoted() {
        List<LateWorld> worlds = run(Change.of(0, 1));
        assertTrue(promoting(worlds) <= 0.05 * SEEDS);
        worlds.forEach(w -> assertTrue(w.study.audits.size() > 5, "late values say so: " + w));
    }

    /** What is best by early values is worst in the end. */
    @Test
    void harmThatComesLateIsNotPromoted() {
        List<LateWorld> worlds = run(Change.of(-LIFT, 1));
        assertEquals(0, worlds.stream().mapToLong(LateWorld::harmful).sum());
    }
}
