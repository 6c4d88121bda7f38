package io.afterlearner.feedback.core.metric;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.core.exposure.UnitPast;
import io.afterlearner.feedback.core.statistics.Range;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The sequences' range stays that of the values, although adjusted values may be outside of it. Few units of rare and very different
 * rates, whose past is known little, are the hardest case; two arms are the same, and are compared again and again.
 */
class AdjustedCoverageTest {
    private static final long SEED = 20_261_128;
    private static final int STREAMS = Boolean.getBoolean("afterlearner.thorough") ? 2_000 : 200;
    private static final int VALUES = 4_000;
    private static final double ALPHA = 0.05;
    private static final int UNITS = 60;
    private static final int FIRST_VALUES = 5;
    private static final Metric RATE = new Metric("click", Metric.Aggregate.MEAN, true, new Range(0, 1));

    /** Two equal arms with the same units. */
    private static final class Stream {
        private final SplittableRandom random;
        private final double[] rates;
        private final UnitPast[] pasts = new UnitPast[UNITS];

        /** @param spread standard deviation of the log rates */
        Stream(long seed, double rate, double spread) {
            random = new SplittableRandom(seed);
            rates = random.doubles(UNITS)
                    .map(u -> Math.min(0.95, rate * StrictMath.exp(spread * gaussian() - spread * spread / 2)))
                    .toArray();
            Arrays.fill(pasts, UnitPast.none("s", 0));
            for (int unit = 0; unit < UNITS; unit++) {
                for (int i = 0; i < FIRST_VALUES; i++) {
                    clicks(unit);
                }
            }
        }

        private double gaussian() {
            return Math.sqrt(-2 * StrictMath.log(1 - random.nextDouble()))
                    * StrictMath.cos(2 * Math.PI * random.nextDouble());
        }

        private double clicks(int unit) {
            double value = random.nextDouble() < rates[unit] ? 1 : 0;
            pasts[unit] = pasts[unit].plus(value, 0, 0);
            return value;
        }

        private Tally next() {
            int unit = random.nextInt(UNITS);
            double past = pasts[unit].before(0);
            return RATE.tally(clicks(unit)).paired(past);
        }

        /** Whether the arms are told apart at any time. */
        boolean errs(double slope) {
            double mean = Arrays.stream(rates).average().orElseThrow();
            Comparison comparison = new Comparison(RATE.adjusted(new Adjustment(slope, mean)), ALPHA);
            Tally a = Tally.NONE;
            Tally b = Tally.NONE;
            for (int i = 1; i <= VALUES; i++) {
                Tally value = next();
                boolean first = random.nextBoolean();
                a = first ? a.plus(value) : a;
                b = first ? b : b.plus(value);
                if ((i <= 400 || i % 20 == 0) && (comparison.isBetter(a, b) || comparison.isWorse(a, b))) {
                    return true;
                }
            }
            return false;
        }
    }

    @ParameterizedTest
    @CsvSource({"0.003, 2, 0.5", "0.003, 2, 1", "0.01, 2, 1", "0.05, 2, 0.5", "0.05, 2, 1", "0.05, 0, 1", "0.3, 1, 1"})
    void equalArmsAreToldApartAtMostAsOftenAsSet(double rate, double spread, double slope) {
        int errors = 0;
        for (int stream = 0; stream < STREAMS; stream++) {
            errors += new Stream(SEED + 7919L * stream, rate, spread).errs(slope) ? 1 : 0;
        }
        String line = errors + " of " + STREAMS + ", rate " + rate + ", spread " + spread + ", slope " + slope;
        System.out.println(line);
        assertTrue(errors <= ALPHA * STREAMS, line);
    }
}
