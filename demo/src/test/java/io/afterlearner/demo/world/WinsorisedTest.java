package io.afterlearner.demo.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.demo.world.AccountsWorld.Clients;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Log-normal revenue with half of the exposures that its mean needs, with and without winsorising. Of a build two seeds, in which
 * nothing is found without; {@code -Pthorough} runs 24, in which half of the lift is gained 22 times, and 12 times without.
 */
class WinsorisedTest {
    private static final boolean THOROUGH = Boolean.getBoolean("afterlearner.thorough");
    private static final long FIRST = THOROUGH ? 1 : 4;
    private static final long LAST = THOROUGH ? 24 : 5;
    private static final long SEEDS = LAST - FIRST + 1;
    private static final Duration MOST = Duration.ofDays(120);
    private static final double LIFT = 0.4;
    private static final double SHARE = 0.99;
    private static final AccountsKind MEAN = AccountsTest.heavyTails(1_000);

    /** @param cap NaN if there is none */
    private record Ran(String text, long promotions, double effect, double cap) {
        static Ran of(AccountsWorld world) {
            Double cap = world.study.state.calibration().cap();
            return new Ran(
                    world.toString(),
                    world.study.promotions(),
                    world.effect(world.study.champion()),
                    cap == null ? Double.NaN : cap);
        }
    }

    private static List<Ran> run(AccountsKind kind) {
        List<Ran> worlds = LongStream.rangeClosed(FIRST, LAST)
                .parallel()
                .mapToObj(seed -> Ran.of(new AccountsWorld(kind, Clients.ONE, seed).run(MOST)))
                .toList();
        System.out.println("seeds " + FIRST + " to " + LAST);
        worlds.forEach(world -> System.out.println(world.text() + ", cap " + world.cap()));
        return worlds;
    }

    private static long gained(List<Ran> worlds) {
        return worlds.stream().filter(world -> world.effect() >= LIFT / 2).count();
    }

    @Test
    void aLiftIsFoundThatTheMeanDoesNotShow() {
        List<Ran> winsorised = run(MEAN.lifted(LIFT).winsorised(SHARE));
        long with = gained(winsorised);
        long without = gained(run(MEAN.lifted(LIFT)));
        System.out.println("of " + SEEDS + " gained half: " + with + " winsorised, " + without + " not");
        assertTrue(with >= 0.8 * SEEDS, with + " of " + SEEDS);
        assertTrue(with >= 1.5 * without, with + " instead of " + without);
        winsorised.forEach(world -> assertTrue(world.cap() > 8 && world.cap() < 20, world.text()));
    }

    @Test
    void whereNothingIsBetterNothingIsPromoted() {
        assertEquals(
                0,
                run(MEAN.winsorised(SHARE)).stream().mapToLong(Ran::promotions).sum());
    }
}
