package io.afterlearner.demo.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.demo.world.AccountsKind.Goal;
import io.afterlearner.demo.world.AccountsWorld.Clients;
import io.afterlearner.feedback.core.judge.Pace;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Accounts of stable levels, with and without an adjustment by their own past. Of a build two seeds, in which nothing is found without;
 * {@code -Pthorough} runs 8.
 */
class AdjustedTest {
    private static final int SEEDS = Boolean.getBoolean("afterlearner.thorough") ? 8 : 2;
    private static final List<Integer> ACCOUNTS = List.of(60, 200);
    private static final Duration MOST = Duration.ofDays(120);
    private static final double LIFT = 0.2;

    private record Ran(String text, long promotions, double effect, long visits) {
        static Ran of(AccountsWorld world) {
            return new Ran(
                    world + " " + world.study.state.calibration().adjustment(),
                    world.study.promotions(),
                    world.effect(world.study.champion()),
                    world.visits);
        }
    }

    private static AccountsKind accounts(int accounts) {
        return new AccountsKind(
                accounts + " accounts", accounts, 5.0 * accounts, 0.7, Goal.COUNT, 0, 0, 200, 40, Pace.AT_ONCE, 1);
    }

    private static List<Ran> run(AccountsKind kind) {
        List<Ran> ran = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Ran.of(new AccountsWorld(kind, Clients.ONE, seed).run(MOST)))
                .toList();
        System.out.println("seeds 1 to " + SEEDS);
        ran.forEach(one -> System.out.println(one.text()));
        return ran;
    }

    private static long gained(List<Ran> ran) {
        return ran.stream().filter(one -> one.effect() >= LIFT / 2).count();
    }

    @Test
    void whereNothingIsBetterNothingIsPromoted() {
        for (int accounts : ACCOUNTS) {
            assertEquals(
                    0,
                    run(accounts(accounts).adjusted()).stream()
                            .mapToLong(Ran::promotions)
                            .sum());
        }
    }

    @Test
    void aLiftIsFoundInMoreSeeds() {
        long with = 0;
        long without = 0;
        for (int accounts : ACCOUNTS) {
            with += gained(run(accounts(accounts).lifted(LIFT).adjusted()));
            without += gained(run(accounts(accounts).lifted(LIFT)));
        }
        int worlds = ACCOUNTS.size() * SEEDS;
        System.out.println("of " + worlds + " gained half: " + with + " adjusted, " + without + " not");
        assertTrue(with >= 0.8 * worlds, with + " of " + worlds);
        assertTrue(without <= 0.3 * worlds, without + " of " + worlds + " without");
    }
}
