package io.afterlearner.evaluation.score;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.evaluation.score.Verdict.Outcome;
import io.afterlearner.evaluation.score.Worlds.World;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How often a verdict errs. Where the expected gain is 0, at most 2.5 % may be called improved; the observed share is
 * accepted if it is at most three binomial standard errors above. docs/verdict.md has the figures of a long run
 * ({@code -Pthorough}).
 */
class VerdictSimulationTest {
    private static final boolean THOROUGH = Boolean.getBoolean("afterlearner.thorough");
    private static final long SEED = Long.getLong("seed", 20_261_127L);
    private static final int DRAWS = THOROUGH ? 999 : 199;
    /** Examples that are simulated per case. */
    private static final int WORK = THOROUGH ? 1_200_000 : 30_000;

    private static final int MAX_RUNS = THOROUGH ? 4_000 : 400;
    private static final int MIN_RUNS = 20;
    private static final int POPULATION = 20_000;
    private static final int BISECTIONS = 12;

    private static final double LEVEL = 0.025;
    private static final double STANDARD_ERRORS = 3;

    static Stream<Arguments> even() {
        return cases(Worlds.EVEN, 30, 100, 300, 3_000);
    }

    static Stream<Arguments> uneven() {
        return cases(Worlds.UNEVEN, 30, 100, 300, 3_000);
    }

    private static Stream<Arguments> cases(List<World> worlds, Integer... examples) {
        return worlds.stream().flatMap(world -> Stream.of(examples).map(n -> Arguments.of(world, n)));
    }

    @ParameterizedTest
    @MethodSource("even")
    void noGainIsSeldomCalledImproved(World world, int examples) {
        int runs = runs(examples);
        double share = share(world, examples, 0, runs);
        double limit = LEVEL + 3 * Math.sqrt(LEVEL * (1 - LEVEL) / runs);
        String line = said(world, examples, "false improved", share, runs);
        assertTrue(share <= limit, line + ", at most " + limit);
    }

    /** Few large harms can be missing from a small sample, whatever the method; the limits are what was measured. */
    @ParameterizedTest
    @MethodSource("uneven")
    void rareHarmsAreCalledImprovedMoreOften(World world, int examples) {
        int runs = runs(examples);
        double share = share(world, examples, 0, runs);
        double level = examples < 100 ? 0.06 : 0.04;
        double limit = level + 3 * Math.sqrt(level * (1 - level) / runs);
        String line = said(world, examples, "false improved", share, runs);
        assertTrue(share <= limit, line + ", at most " + limit);
    }

    /** With 30 examples, of which nine are positive, F1 moves in steps that are too coarse. */
    static Stream<Arguments> fine() {
        return even().filter(test -> !test.get()[0].toString().startsWith("F1") || (int) test.get()[1] >= 100);
    }

    @ParameterizedTest
    @MethodSource("fine")
    void aGainOfThreeStandardErrorsIsFound(World world, int examples) {
        int runs = runs(examples);
        double share = share(world, examples, planted(world, examples), runs);
        double limit = 0.8 - 3 * Math.sqrt(0.8 * 0.2 / runs);
        String line = said(world, examples, "found", share, runs);
        assertTrue(share >= limit, line + ", at least " + limit);
    }

    private static int runs(int examples) {
        return Math.min(MAX_RUNS, Math.max(MIN_RUNS, WORK / examples));
    }

    private static double share(World world, int examples, double planted, int runs) {
        long improved = IntStream.range(0, runs)
                .parallel()
                .filter(run -> {
                    SplittableRandom random = new SplittableRandom(SEED + 7_919L * run + 31L * examples);
                    Score[] scores = world.scores(examples, planted, random);
                    return Verdict.of(scores[0], scores[1], 0, run, DRAWS).outcome() == Outcome.IMPROVED;
                })
                .count();
        return (double) improved / runs;
    }

    private static String said(World world, int examples, String what, double share, int runs) {
        String line = String.format(
                Locale.ROOT,
                "%-36s n=%-5d %-14s %.2f %% ± %.2f of %d runs, seed %d",
                world,
                examples,
                what,
                100 * share,
                100 * Math.sqrt(share * (1 - share) / runs),
                runs,
                SEED);
        System.out.println(line);
        return line;
    }

    /** The strength at which the expected gain is three standard errors of that many examples. */
    private static double planted(World world, int examples) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (standardErrors(world, examples, middle) < STANDARD_ERRORS) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double standardErrors(World world, int examples, double planted) {
        Score[] scores = world.scores(POPULATION, planted, new SplittableRandom(SEED));
        GainInterval interval =
                GainInterval.of(PairedBlocks.of(scores[0], scores[1]).gains(), 39, SEED);
        return interval.mean() / interval.standardError() * Math.sqrt((double) examples / POPULATION);
    }
}
