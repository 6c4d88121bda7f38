package io.afterlearner.asktell;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.asktell.Algorithm.Told;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How children are made of parents. Each assertion fails a right sampler once in a million seeds; see {@link Chance}. */
class OffspringSamplingTest {

    private static Problem problem(Space space, long seed) {
        return Problem.of(space, 300, 8, seed);
    }

    private static final int DRAWS = 200_000;
    private static final double FREE = Double.POSITIVE_INFINITY;

    private static double[] mutated(Parameter parameter, double from, long seed) {
        Mutation mutation = new Mutation(new Space(List.of(parameter)));
        double[] children = new double[DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            children[k] = mutation.child(new double[] {from}, 1, new Generator(seed, k))[0];
        }
        return children;
    }

    /** The logarithm of a size that is uniform over three orders of magnitude, and that of a normal: variance π²/8. */
    @Test
    void mutatedRealsMoveEitherWayByAnyOrderOfMagnitude() {
        double[] moves = mutated(new Parameter.Real("x", -FREE, FREE, false, 1, 0.5), 1, 31);
        double[] sizes = new double[DRAWS];
        long up = 0;
        for (int k = 0; k < DRAWS; k++) {
            sizes[k] = Math.log(Math.abs(moves[k] - 1) / 0.5);
            up += moves[k] > 1 ? 1 : 0;
        }
        double width = Math.log(1_000);
        double logOfNormal = -0.6351814227307391;
        Chance.assertShare(0.5, up, DRAWS, "upwards, seed 31");
        Chance.assertMean(
                logOfNormal - width / 2, width * width / 12 + Math.PI * Math.PI / 8, sizes, "log sizes, seed 31");
    }

    @ParameterizedTest
    @CsvSource({"-5, 5, 1", "-1000000, 1000000, 100", "-9007199254740992, 9007199254740992, 1"})
    void mutatedWholeNumbersMoveByAsMuchEitherWay(double low, double high, double step) {
        double[] children = mutated(new Parameter.Int("n", low, high, false, 0, step), 0, 32);
        double[] up = new double[5];
        double[] down = new double[5];
        for (double child : children) {
            int size = (int) Math.min(4, Math.abs(child) / step);
            up[size] += child > 0 ? 1 : 0;
            down[size] += child < 0 ? 1 : 0;
        }
        long moved = 0;
        for (int size = 0; size < 5; size++) {
            moved += (long) (up[size] + down[size]);
            Chance.assertShare(
                    0.5, (long) up[size], Math.max(1, (long) (up[size] + down[size])), size + " steps, seed 32");
        }
        assertEquals(DRAWS, moved, "a mutated whole number is another");
    }

    /** A short range is treated as options half of the time; those far from the parent are reached in no other way. */
    @Test
    void mutatedWholeNumbersOfAShortRangeTakeAnyOther() {
        double[] children = mutated(new Parameter.Int("n", 0, 40, false, 20, 0.1), 20, 33);
        double[] counts = new double[41];
        long near = 0;
        for (double child : children) {
            counts[(int) child]++;
            near += Math.abs(child - 20) == 1 ? 1 : 0;
        }
        double[] far = new double[38];
        for (int i = 0; i < 19; i++) {
            far[i] = counts[i];
            far[19 + i] = counts[22 + i];
        }
        Chance.assertEven(far, "seed 33");
        Chance.assertShare(0.5 + 0.5 * 2 / 40, near, DRAWS, "neighbours, seed 33");
    }

    @Test
    void mutatedOrderedChoicesTakeAnyOtherToo() {
        double[] counts = new double[5];
        for (double child : mutated(new Parameter.Choice("c", 5, true, 0), 4, 34)) {
            counts[(int) child]++;
        }
        assertEquals(0, counts[4]);
        Chance.assertEven(java.util.Arrays.copyOf(counts, 4), "seed 34");
    }

    /** Members at powers of 3: a difference of two of them says which. */
    @Test
    void differentialEvolutionDrawsAnyOrderedPairOfOthers() {
        DifferentialEvolution algorithm = new DifferentialEvolution(
                new Plan(Problem.of(Spaces.reals(1), 200, 1, 35), 0), DifferentialEvolution.Crossover.BINOMIAL);
        for (int number = 1; number <= 10; number++) {
            algorithm.update(told(number, new double[] {Math.pow(3, number - 1)}, 10 - number));
        }
        double parent = 1;
        double best = Math.pow(3, 9);
        double[] counts = new double[72];
        for (int k = 0; k < DRAWS; k++) {
            double child = algorithm.sample(1 + 10L * k, new Generator(35, k))[0];
            counts[pair(Math.rint((child - parent) / 0.8 - (best - parent)))]++;
        }
        Chance.assertEven(counts, "pairs of the nine others, seed 35");
    }

    private static int pair(double difference) {
        for (int one = 1; one < 10; one++) {
            for (int other = 1; other < 10; other++) {
                if (one != other && Math.pow(3, one) - Math.pow(3, other) == difference) {
                    return (one - 1) * 8 + other - 1 - (other > one ? 1 : 0);
                }
            }
        }
        throw new AssertionError("no two others differ by " + difference);
    }

    /** At its own best and at rest, a particle is drawn to the best of all alone, by up to ½ + ln 2 of the way. */
    @Test
    void particlesAreDrawnByAUniformShareInEachCoordinate() {
        ParticleSwarm swarm = new ParticleSwarm(new Plan(Problem.of(Spaces.reals(2), 300, 1, 36), 0));
        for (int number = 1; number <= 12; number++) {
            swarm.update(told(number, new double[] {number, -number}, 12 - number));
        }
        double[] first = new double[DRAWS];
        double[] second = new double[DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            double[] child = swarm.sample(1 + 12L * k, new Generator(36, k));
            first[k] = (child[0] - 1) / (11 * (0.5 + Math.log(2)));
            second[k] = (child[1] + 1) / (-11 * (0.5 + Math.log(2)));
        }
        Chance.assertUniform(first, "seed 36");
        Chance.assertUniform(second, "seed 36");
        double[] products = new double[DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            products[k] = (first[k] - 0.5) * (second[k] - 0.5);
        }
        Chance.assertMean(0, 1 / 144.0, products, "covariance of coordinates, seed 36");
    }

    private static Told told(long number, double[] point, double loss) {
        return new Told(number, point, loss, true, 0, Double.POSITIVE_INFINITY);
    }

    /** All members at one place, so that differences are 0: half of the children move by 0.4 a coordinate, half by 0.04. */
    @Test
    void halfOfTheChildrenOfAFrontGoByDifferencesAndATenthOfTheStep() {
        MultiObjective optimizer = new MultiObjective(problem(Spaces.reals(30), 37), 2);
        for (int i = 0; i < 14; i++) {
            optimizer.tell(new double[30], new double[] {i, -i});
        }
        long narrow = 0;
        double[] wide = new double[DRAWS / 10];
        for (int number = 1; number <= wide.length; number++) {
            double[] child = optimizer.propose(number);
            double square = Vectors.dot(child, child) / 30;
            boolean differs = square < 0.04 * 0.4;
            narrow += differs ? 1 : 0;
            wide[number - 1] = child[0] / (differs ? 0.04 : 0.4);
        }
        Chance.assertShare(0.5, narrow, wide.length, "by differences, seed 37");
        Chance.assertMoments(0, 1, wide, "noise, seed 37");
    }

    /** The difference of two of 14 members, drawn with replacement, at 0 and at 1: each way with probability ¼. */
    @Test
    void theMembersBehindAFrontsDifferencesAreDrawnEvenly() {
        MultiObjective optimizer = new MultiObjective(problem(Spaces.reals(1), 38), 2);
        for (int i = 0; i < 14; i++) {
            optimizer.tell(new double[] {i < 7 ? 0 : 1_000}, new double[] {i, -i});
        }
        double[] parents = new double[2];
        long up = 0;
        long down = 0;
        for (int number = 1; number <= DRAWS; number++) {
            double at = Math.rint(optimizer.propose(number)[0] / 100);
            parents[at == 0 || at == 7 || at == -7 ? 0 : 1]++;
            up += at == 7 || at == 17 ? 1 : 0;
            down += at == -7 || at == 3 ? 1 : 0;
        }
        Chance.assertEven(parents, "parents, seed 38");
        Chance.assertShare(0.125, up, DRAWS, "upwards, seed 38");
        Chance.assertShare(0.125, down, DRAWS, "downwards, seed 38");
    }

    @Test
    void whatIsShownFirstIsNormalAroundTheInitialPoint() {
        Interactive optimizer = new Interactive(problem(Spaces.reals(1), 39));
        double[] shown = new double[DRAWS];
        for (int k = 0; k < DRAWS; k++) {
            shown[k] = optimizer.propose(k + 1)[0];
        }
        Chance.assertMoments(0, 1, shown, "seed 39");
    }
}
