package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Seeds are fixed. {@code -Pthorough} runs more of them: 20 instead of 10 worlds to improve in, and 100 instead of 20 where nothing is better. */
class OnlineSimulationTest {
    private static final boolean THOROUGH = Boolean.getBoolean("afterlearner.thorough");
    private static final SimulatedWorld.Truth SHIPPED = new SimulatedWorld.Truth(0.3, 1);
    private static final double LIMIT = 1.3;
    private static final int SEEDS = THOROUGH ? 20 : 10;
    private static final int EXPOSURES = 40_000;

    /** Four in ten have a high reward but break the guardrail, half of them narrowly; the others vary in reward. */
    private static final SimulatedWorld.Draw PLANTED = random -> {
        double kind = random.nextDouble();
        double reward = 0.1 + 0.5 * random.nextDouble();
        if (kind < 0.2) {
            return new SimulatedWorld.Truth(0.9, 2);
        }
        return kind < 0.4 ? new SimulatedWorld.Truth(0.9, 1.05 * LIMIT) : new SimulatedWorld.Truth(reward, 1);
    };

    @Test
    void aClearlyBetterCandidateIsPromotedButNoneThatBreaksTheGuardrail() {
        JudgingPlan plan = PlayedStudy.plan().exposures(100).budget(40).build();
        int improved = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            SimulatedWorld world = new SimulatedWorld(plan, seed, SHIPPED, PLANTED).run(EXPOSURES);
            for (long number : world.promoted) {
                assertTrue(world.truth(number).latencyTimes() <= LIMIT, "seed " + seed + " promoted " + number);
            }
            improved += world.champion().reward() >= SHIPPED.reward() + 0.1 ? 1 : 0;
            System.out.printf(
                    "seed %d: promoted %s, champion's true reward %.3f after %d exposures, %d of candidates, %d settled, hold %s%n",
                    seed,
                    world.promoted,
                    world.champion().reward(),
                    world.exposures,
                    world.study.state.explored(),
                    world.study.state.settled(),
                    world.study.state.hold());
        }
        assertTrue(improved >= SEEDS - 1, improved + " of " + SEEDS + " improved by 0.1");
    }

    @Test
    void ifNothingIsBetterAtMostOneRunInTwentyPromotes() {
        JudgingPlan plan =
                PlayedStudy.plan().unguarded().exposures(100).budget(40).build();
        int runs = THOROUGH ? 100 : 20;
        int wrong = 0;
        long duels = 0;
        for (long seed = 1; seed <= runs; seed++) {
            SimulatedWorld world = new SimulatedWorld(plan, seed, SHIPPED, random -> SHIPPED).run(EXPOSURES);
            wrong += world.promoted.isEmpty() ? 0 : 1;
            duels += world.study.state.contest().duels();
        }
        System.out.printf("no difference, seeds 1 to %d: %d promoted, %d duels lost%n", runs, wrong, duels);
        assertTrue(wrong <= 0.05 * runs, wrong + " of " + runs + " promoted");
        assertTrue(duels >= runs, "only " + duels + " duels");
    }

    @Test
    void equalSeedsGiveEqualRuns() {
        JudgingPlan plan = PlayedStudy.plan().exposures(100).budget(10).build();
        assertEquals(
                new SimulatedWorld(plan, 1, SHIPPED, PLANTED).run(5_000).study.outputs,
                new SimulatedWorld(plan, 1, SHIPPED, PLANTED).run(5_000).study.outputs);
    }
}
