package io.afterlearner.demo.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.demo.world.AccountsKind.Goal;
import io.afterlearner.demo.world.AccountsWorld.Clients;
import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.judge.Hold;
import io.afterlearner.feedback.core.judge.Pace;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Seeds are fixed. {@code -Pthorough} runs 100 of them in each world, which takes hours; {@code -Dworlds.seeds} sets their number. */
class AccountsTest {
    private static final boolean THOROUGH = Boolean.getBoolean("afterlearner.thorough");
    private static final int SEEDS = Integer.getInteger("worlds.seeds", THOROUGH ? 100 : 2);
    private static final Duration MOST = Duration.ofDays(Integer.getInteger("days", 120));
    private static final double GAIN = 0.4;
    private static final double MOST_PROMOTED = 0.065;

    private static long studies;
    private static long wrongStudies;

    /** Of a build two, which are the hardest; all with {@code -Pthorough}. */
    static List<AccountsKind> worlds() {
        return THOROUGH ? kinds() : List.of(kinds().get(0), kinds().get(5));
    }

    static List<AccountsKind> kinds() {
        return List.of(
                new AccountsKind("60 accounts", 60, 120, 0.7, Goal.RATE, 0, 0, 200, 40, Pace.AT_ONCE, 1),
                new AccountsKind("100 accounts", 100, 200, 0.7, Goal.RATE, 0, 0, 200, 40, Pace.AT_ONCE, 1),
                new AccountsKind("200 accounts", 200, 400, 0.7, Goal.RATE, 0, 0, 200, 40, Pace.AT_ONCE, 1),
                new AccountsKind("2,000 accounts", 2_000, 1_000, 0.7, Goal.RATE, 0, 0, 200, 40, Pace.AT_ONCE, 1),
                requests(),
                new AccountsKind("day and night", 2_000, 1_000, 0.7, Goal.RATE, 0, 0.8, 200, 40, Pace.AT_ONCE, 1),
                // After 500 exposures the standard error would be as large as the lift that is looked for.
                heavyTails(2_000),
                heavyTails(2_000).winsorised(0.99));
    }

    static AccountsKind heavyTails(int exposures) {
        return new AccountsKind("heavy tails", 2_000, 1_000, 0.7, Goal.REVENUE, 0, 0, exposures, 40, Pace.AT_ONCE, 1);
    }

    private static AccountsKind requests() {
        // After 200 exposures the standard error would be half of the lift, and 14 of 100 studies would find nothing
        // with 40 candidates.
        return new AccountsKind("requests", 0, 1_000, 0.3, Goal.RATE, 0, 0, 300, 40, Pace.AT_ONCE, 1);
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void whereNothingIsBetterHardlyAnythingIsPromoted(AccountsKind kind) {
        List<Ran> worlds = run(kind, Clients.ONE);
        long wrong = worlds.stream().filter(w -> w.promotions() > 0).count();
        long stopped = worlds.stream().filter(Ran::stopped).count();
        System.out.printf("%s, seeds 1 to %d: %d promoted, %d stopped%n", kind.name(), SEEDS, wrong, stopped);
        studies += SEEDS;
        wrongStudies += wrong;
        assertTrue(wrong <= Math.max(1, 0.1 * SEEDS), wrong + " of " + SEEDS + " promoted");
        assertTrue(stopped <= 0.02 * SEEDS, stopped + " of " + SEEDS + " stopped");
    }

    /** Of all worlds together: at most 5 %, and the upper 95 % bound of Clopper and Pearson is at most 6.5 %. */
    @AfterAll
    static void ofAllStudiesAtMostOneInTwentyPromotes() {
        if (studies < 500) {
            return;
        }
        System.out.printf("%d of %d promoted%n", wrongStudies, studies);
        assertTrue(wrongStudies <= 0.05 * studies, wrongStudies + " of " + studies);
        assertTrue(atMost(wrongStudies, studies, MOST_PROMOTED) <= 0.05, wrongStudies + " of " + studies);
    }

    /** Probability that at most so many of n happen, each with probability p. */
    private static double atMost(long most, long n, double p) {
        double logProbability = n * StrictMath.log1p(-p);
        double sum = 0;
        for (long k = 0; k <= most; k++) {
            sum += StrictMath.exp(logProbability);
            logProbability += StrictMath.log((double) (n - k) / (k + 1) * p / (1 - p));
        }
        return sum;
    }

    /** In twice the time that {@code online plan} foretells. */
    @ParameterizedTest
    @MethodSource("worlds")
    void whereSomethingIsBetterHalfOfItIsGained(AccountsKind kind) {
        Forecast plan = ForetoldTest.forecast(kind);
        double foretold = Math.max(plan.timing().searchMillis(kind.budget()), plan.promotionMillis(GAIN));
        List<Ran> worlds = run(kind.lifted(GAIN), Clients.ONE, Duration.ofMillis(Math.round(2 * foretold)));
        long gained = worlds.stream().filter(Ran::gained).count();
        System.out.printf(
                "%s, seeds 1 to %d: %d gained half within twice the foretold %.1f h%n",
                kind.name(), SEEDS, gained, foretold / 3_600_000);
        assertTrue(gained >= 0.9 * SEEDS - 1, gained + " of " + SEEDS + " gained half");
    }

    @Test
    void aPoisonerWithAThirdOfTheTrafficHasNothingWorsePromoted() {
        List<Ran> worlds = run(requests().lifted(GAIN), Clients.POISONED);
        assertEquals(0, worlds.stream().mapToLong(Ran::harmful).sum());
    }

    @Test
    void withThreeHonestClientsHalfIsGained() {
        List<Ran> worlds = run(requests().lifted(GAIN), Clients.THREE);
        long gained = worlds.stream().filter(Ran::gained).count();
        assertTrue(gained >= 0.9 * SEEDS - 1, gained + " of " + SEEDS + " gained half");
    }

    /** What is left of a world when it is over: a hundred worlds need more memory than a build has. */
    private record Ran(String text, long promotions, boolean stopped, double effect, long harmful) {
        static Ran of(AccountsWorld world) {
            return new Ran(
                    world.toString(),
                    world.study.promotions(),
                    world.study.state.hold() == Hold.ALARM,
                    world.effect(world.study.champion()),
                    world.harmful());
        }

        boolean gained() {
            return effect >= GAIN / 2;
        }
    }

    private static List<Ran> run(AccountsKind kind, Clients clients) {
        return run(kind, clients, MOST);
    }

    private static List<Ran> run(AccountsKind kind, Clients clients, Duration most) {
        List<Ran> worlds = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> Ran.of(new AccountsWorld(kind, clients, seed).run(most)))
                .toList();
        worlds.forEach(world -> System.out.println(world.text()));
        return worlds;
    }
}
