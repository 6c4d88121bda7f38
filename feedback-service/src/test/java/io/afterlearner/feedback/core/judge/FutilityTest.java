package io.afterlearner.feedback.core.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.metric.Comparison;
import io.afterlearner.feedback.core.metric.Futility;
import io.afterlearner.feedback.core.metric.Tally;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FutilityTest {
    private static final long SEED = 41;
    private static final int DUELS = 1_000;
    private static final int MAX_EXPOSURES = 1_500;
    private static final int FIRST = 150;
    private static final double ALPHA = 0.025;
    private static final double LEVEL = 0.3;
    private static final Futility FUTILITY = new Futility(PlayedStudy.REWARD, ALPHA);

    /**
     * A finished duel.
     *
     * @param won whether it was won
     * @param over exposures until it was won or ended
     * @param hopeless exposures until it would have been given up; {@link #MAX_EXPOSURES} if never
     */
    private record Fought(boolean won, int over, int hopeless) {
        boolean isLostByGivingUp() {
            return won && hopeless < over;
        }

        int spent() {
            return Math.min(over, hopeless);
        }
    }

    private static Fought fought(double gain, SplittableRandom random) {
        Tally own = Tally.NONE;
        Tally opponent = Tally.NONE;
        int hopeless = MAX_EXPOSURES;
        for (int n = 1; n <= MAX_EXPOSURES; n++) {
            own = own.plus(value(LEVEL + gain, random));
            opponent = opponent.plus(value(LEVEL, random)).plus(value(LEVEL, random));
            if (ArmMeasurement.isLookDue(n - 1, n)) {
                if (new Comparison(PlayedStudy.REWARD, ALPHA).isBetter(own, opponent)) {
                    return new Fought(true, n, hopeless);
                }
                boolean gone = n >= FIRST
                        && FUTILITY.chance(own, opponent, MAX_EXPOSURES / (double) n) < Promotion.MIN_WIN_PROBABILITY;
                hopeless = gone ? Math.min(hopeless, n) : hopeless;
            }
        }
        return new Fought(false, MAX_EXPOSURES, hopeless);
    }

    private static Tally value(double level, SplittableRandom random) {
        return PlayedStudy.REWARD.tally(random.nextDouble() < level ? 1 : 0);
    }

    private static Fought[] fought(double gain) {
        Fought[] all = new Fought[DUELS];
        for (int i = 0; i < DUELS; i++) {
            all[i] = fought(gain, new SplittableRandom(SEED + i));
        }
        return all;
    }

    @Test
    void aLoserGivesUpWithinAThirdOfTheExposuresAndAtMostATenthOfTheWinnersDoes() {
        for (double gain : new double[] {-0.05, 0, 0.03, 0.06, 0.09, 0.12}) {
            long won = 0;
            long lostByGivingUp = 0;
            long spent = 0;
            for (Fought each : fought(gain)) {
                won += each.won() ? 1 : 0;
                lostByGivingUp += each.isLostByGivingUp() ? 1 : 0;
                spent += each.spent();
            }
            System.out.printf(
                    "seed %d, better by %.2f: %d of %d won, %d of those given up before, %d exposures of %d%n",
                    SEED, gain, won, DUELS, lostByGivingUp, spent / DUELS, MAX_EXPOSURES);
            assertTrue(gain > 0 || spent / DUELS <= MAX_EXPOSURES / 3, "spent " + spent / DUELS);
            assertTrue(lostByGivingUp <= 0.1 * DUELS, lostByGivingUp + " would have won");
        }
    }

    @Test
    void theChanceIsOneUntilItCanBeEstimated() {
        assertEquals(1, FUTILITY.chance(Tally.NONE, Tally.NONE, 10));
        assertEquals(1, FUTILITY.chance(PlayedStudy.REWARD.tally(0), PlayedStudy.REWARD.tally(1), 10));
        Tally latency = PlayedStudy.LATENCY.tally(1).plus(PlayedStudy.LATENCY.tally(2));
        assertEquals(1, new Futility(PlayedStudy.LATENCY, ALPHA).chance(latency, latency, 10));
    }
}
