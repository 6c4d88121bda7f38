package io.afterlearner.feedback.core.metric;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.metric.Metric.Per;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Units have 1 to 50 sessions, whose outcomes depend on each other, and two arms are the same. */
class RatioCoverageTest {
    private static final long SEED = 20_261_128;
    private static final int STREAMS = Boolean.getBoolean("afterlearner.thorough") ? 2_000 : 200;
    private static final int LOOKS = 2_000;
    private static final double ALPHA = 0.05;
    private static final Per SESSIONS = new Per("sessions", 50);
    private static final Range SHARE = new Range(0, 1);
    private static final Metric RATIO = Metric.ratio("purchases", SESSIONS, true, SHARE);
    private static final Metric NAIVE = new Metric("purchase", Metric.Aggregate.MEAN, true, SHARE);

    private enum Units {
        /** A few units have most sessions, and either buy in many of them or in few. */
        HEAVY,
        /** Units with more sessions buy more often. */
        LOYAL,
        /** Nine in ten have no session. */
        ABSENT,
        /** One session in a hundred has a purchase. */
        RARE;

        private int sessions(SplittableRandom random) {
            int many = (int) Math.min(50, Math.floor(1 / Math.sqrt(1 - random.nextDouble())));
            return this == ABSENT && random.nextDouble() < 0.9 ? 0 : many;
        }

        private double chance(SplittableRandom random, int sessions) {
            return switch (this) {
                case HEAVY, ABSENT -> random.nextDouble() < 0.3 ? 0.8 : 0.1;
                case LOYAL -> Math.min(0.9, 0.05 * sessions);
                case RARE -> 0.01;
            };
        }
    }

    /** The first look at which a comparison finds a difference, of units and of sessions as the sample; LOOKS + 1 if none does. */
    private record Stops(int ofUnits, int ofSessions) {
        static Stops of(Units units, double lift, SplittableRandom random) {
            Tally[] ratios = {Tally.NONE, Tally.NONE};
            Tally[] values = {Tally.NONE, Tally.NONE};
            int ofUnits = LOOKS + 1;
            int ofSessions = LOOKS + 1;
            for (int look = 1; look <= LOOKS; look++) {
                for (int arm = 0; arm < 2; arm++) {
                    int sessions = units.sessions(random);
                    double chance = units.chance(random, sessions) * (arm == 0 ? 1 + lift : 1);
                    int bought = 0;
                    for (int i = 0; i < sessions; i++) {
                        boolean buys = random.nextDouble() < chance;
                        bought += buys ? 1 : 0;
                        values[arm] = values[arm].plus(NAIVE.tally(buys ? 1 : 0));
                    }
                    ratios[arm] = ratios[arm].plus(RATIO.tally(bought, SESSIONS, sessions));
                }
                ofUnits = isDifferent(RATIO, ratios) ? Math.min(look, ofUnits) : ofUnits;
                ofSessions = isDifferent(NAIVE, values) ? Math.min(look, ofSessions) : ofSessions;
            }
            return new Stops(ofUnits, ofSessions);
        }

        private static boolean isDifferent(Metric metric, Tally[] arms) {
            Comparison comparison = new Comparison(metric, ALPHA);
            return comparison.isBetter(arms[0], arms[1]) || comparison.isWorse(arms[0], arms[1]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutADifferenceErrorsAreRarerThanAlpha(Units units) {
        int ofUnits = 0;
        int ofSessions = 0;
        for (int stream = 0; stream < STREAMS; stream++) {
            Stops stops = Stops.of(units, 0, new SplittableRandom(SEED + stream));
            ofUnits += stops.ofUnits <= LOOKS ? 1 : 0;
            ofSessions += stops.ofSessions <= LOOKS ? 1 : 0;
        }
        System.out.printf(
                "%s seed %d: %d false stops of %d, %d if sessions were the sample%n",
                units, SEED, ofUnits, STREAMS, ofSessions);
        assertTrue(ofUnits <= ALPHA * STREAMS, ofUnits + " false stops");
        assertTrue(units != Units.HEAVY || ofSessions >= 0.2 * STREAMS, "the world is too easy: " + ofSessions);
    }

    @Test
    void aDifferenceIsFound() {
        int found = 0;
        for (int stream = 0; stream < 50; stream++) {
            Stops stops = Stops.of(Units.HEAVY, 0.5, new SplittableRandom(SEED + stream));
            found += stops.ofUnits <= LOOKS ? 1 : 0;
        }
        assertTrue(found >= 45, found + " of 50 found");
    }
}
