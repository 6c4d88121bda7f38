package io.afterlearner.demo.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.judge.Hold;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Purchases per session of accounts with very different numbers of sessions. {@code -Pthorough} runs 100 seeds. */
class SessionsTest {
    private static final boolean THOROUGH = Boolean.getBoolean("afterlearner.thorough");
    private static final int SEEDS = Integer.getInteger("worlds.seeds", THOROUGH ? 100 : 2);
    private static final Duration MOST = Duration.ofDays(60);
    private static final double LIFT = 0.4;
    private static final int EXPOSURES = 400;

    private static List<SessionsWorld> run(double lift) {
        List<SessionsWorld> worlds = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> new SessionsWorld(lift, EXPOSURES, seed).run(MOST))
                .toList();
        System.out.println("seeds 1 to " + SEEDS);
        worlds.forEach(System.out::println);
        return worlds;
    }

    @Test
    void whereNothingIsBetterHardlyAnythingIsPromoted() {
        List<SessionsWorld> worlds = run(0);
        long promoted = worlds.stream().filter(w -> w.study.promotions() > 0).count();
        long stopped =
                worlds.stream().filter(w -> w.study.state.hold() == Hold.ALARM).count();
        assertTrue(promoted <= 0.05 * SEEDS, promoted + " promoted");
        assertEquals(0, stopped, "stopped");
    }

    @Test
    void whereSomethingIsBetterHalfOfItIsGained() {
        long gained = run(LIFT).stream()
                .filter(w -> w.effect(w.study.champion()) >= LIFT / 2)
                .count();
        assertTrue(gained >= 0.9 * SEEDS, gained + " gained half");
    }
}
