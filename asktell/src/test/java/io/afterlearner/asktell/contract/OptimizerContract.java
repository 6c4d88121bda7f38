package io.afterlearner.asktell.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Outcome.Failed;
import io.afterlearner.asktell.Outcome.Measured;
import io.afterlearner.asktell.Space;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every optimizer promises, over spaces of every shape. Whoever adds an algorithm extends this. */
public abstract class OptimizerContract {

    /** A fresh optimizer; the same arguments make the same one. */
    abstract Optimizer create(Space space, long budget, int parallelism, long seed);

    static Stream<Map.Entry<String, Space>> spaces() {
        return Spaces.all().entrySet().stream();
    }

    private Optimizer fresh(Space space) {
        return create(space, 300, 8, 42);
    }

    public static Measured loss(double value) {
        return new Measured(value, Double.NaN);
    }

    /** A loss with plateaus that any space has, finite at any point. */
    public static Outcome bumpy(double[] point) {
        double sum = 0;
        for (int i = 0; i < point.length; i++) {
            double distance = StrictMath.atan(point[i] - 0.3 - i % 3);
            sum += distance * distance;
        }
        return loss(StrictMath.rint(sum * 50) / 50);
    }

    /** Asks and tells at random with up to 20 outstanding; a tenth fail, a tenth are never told. */
    private static void live(Optimizer optimizer, int asks, Random random) {
        Map<Long, double[]> outstanding = new TreeMap<>();
        for (long number = 0; number < asks; number++) {
            outstanding.put(number, optimizer.ask(number));
            while (outstanding.size() > random.nextInt(20)) {
                List<Long> numbers = new ArrayList<>(outstanding.keySet());
                long told = numbers.get(random.nextInt(numbers.size()));
                double[] point = Objects.requireNonNull(outstanding.remove(told));
                double lot = random.nextDouble();
                if (lot > 0.1) {
                    optimizer.tell(told, lot < 0.2 ? new Failed() : bumpy(point));
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void everyPointLiesInTheSpace(Map.Entry<String, Space> named) {
        Space space = named.getValue();
        Optimizer optimizer = fresh(space);
        Random random = new Random(1);
        for (long number = 0; number < 400; number++) {
            double[] point = optimizer.ask(number);
            space.check(point);
            if (random.nextInt(10) > 0) {
                optimizer.tell(number, random.nextInt(10) == 0 ? new Failed() : bumpy(point));
            }
        }
        space.check(optimizer.recommend());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void pointsStayInTheSpaceWhenTheLossDrivesThemOut(Map.Entry<String, Space> named) {
        for (double sign : new double[] {-1, 1}) {
            Optimizer optimizer = fresh(named.getValue());
            for (long number = 0; number < 400; number++) {
                double[] point = optimizer.ask(number);
                named.getValue().check(point);
                double sum = 0;
                for (double value : point) {
                    sum += sign * value / point.length;
                }
                optimizer.tell(number, loss(Math.min(Math.max(sum, -Double.MAX_VALUE), Double.MAX_VALUE)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void numberZeroIsTheShippedPoint(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        optimizer.suggest(optimizer.propose(5));
        assertArrayEquals(named.getValue().initial(), optimizer.ask(0));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void theShippedPointIsRecommendedUntilALossIsTold(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        optimizer.ask(0);
        optimizer.ask(1);
        optimizer.tell(1, new Failed());
        assertArrayEquals(named.getValue().initial(), optimizer.recommend());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void theBestPointToldIsKnownAndOfEqualsTheFirst(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        List<double[]> points = new ArrayList<>();
        for (long number = 0; number < 60; number++) {
            points.add(optimizer.ask(number));
        }
        for (int number = 59; number >= 0; number--) {
            optimizer.tell(number, loss(number == 20 || number == 40 ? -1 : number));
        }
        assertArrayEquals(points.get(40), optimizer.best());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void aLuckyDrawIsNotRecommendedOnceNoiseIsSeen(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        double[] shipped = named.getValue().initial();
        double[] lucky = optimizer.propose(7);
        for (int repeat = 0; repeat < 20; repeat++) {
            optimizer.tell(shipped, loss(repeat % 2));
        }
        optimizer.tell(lucky, loss(-0.1));
        assertArrayEquals(lucky, optimizer.best());
        // Among so few values a mean or a model's minimum may be the same point.
        boolean few = named.getKey().equals("twelve unordered choices");
        assertTrue(few || Arrays.equals(lucky, shipped) || !Arrays.equals(lucky, optimizer.recommend()));
    }

    /** Whether a model of all that was told says which point is recommended, so that none is for its own draw. */
    boolean recommendsByAModel() {
        return false;
    }

    /** What a model or a mean says was told by nobody; what was told must have been evaluated again. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void noSingleDrawIsRecommendedOnceNoiseIsSeen(boolean errorsAreTold) {
        double error = errorsAreTold ? 3 : Double.NaN;
        for (int seed = 1; seed <= 5; seed++) {
            Random noise = new Random(seed);
            Optimizer optimizer = create(Spaces.reals(4), 150, 4, seed);
            Map<String, Integer> evaluations = new TreeMap<>();
            if (!errorsAreTold) {
                optimizer.tell(optimizer.space().initial(), loss(3));
            }
            Simulation.run(
                    optimizer,
                    150,
                    4,
                    seed,
                    point -> {
                        evaluations.merge(Arrays.toString(point), 1, Integer::sum);
                        return Simulation.sphere(point) + 3 * noise.nextGaussian();
                    },
                    error);
            int times = evaluations.getOrDefault(Arrays.toString(optimizer.recommend()), 2);
            assertTrue(times > 1 || recommendsByAModel(), "evaluated once only, seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void replayOfTheLogGivesTheSameBits(Map.Entry<String, Space> named) {
        Recorded original = new Recorded(fresh(named.getValue()));
        live(original, 150, new Random(3));
        original.suggest(original.propose(900));
        original.tell(original.propose(901), loss(0.01));
        live(new Shifted(original, 1000), 100, new Random(4));

        Optimizer replayed = fresh(named.getValue());
        original.log.forEach(event -> event.accept(replayed));
        assertSame(original, replayed);
    }

    public static void assertSame(Optimizer one, Optimizer other) {
        assertAll(
                () -> assertBits(one.recommend(), other.recommend()),
                () -> assertBits(one.propose(5000), other.propose(5000)),
                () -> assertBits(one.propose(5001), other.propose(5001)),
                () -> assertEquals(one.outstanding(), other.outstanding()));
    }

    private static void assertBits(double[] one, double[] other) {
        assertArrayEquals(bits(one), bits(other));
    }

    private static long[] bits(double[] values) {
        LongStream.Builder bits = LongStream.builder();
        for (double value : values) {
            bits.add(Double.doubleToRawLongBits(value));
        }
        return bits.build().toArray();
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void proposingChangesNothing(Map.Entry<String, Space> named) {
        Optimizer asked = fresh(named.getValue());
        Optimizer pestered = fresh(named.getValue());
        live(asked, 80, new Random(5));
        for (long number = 3000; number < 3050; number++) {
            pestered.propose(number);
        }
        live(pestered, 80, new Random(5));
        pestered.propose(4000);
        pestered.recommend();
        assertSame(asked, pestered);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void writingToArraysGivenOrTakenChangesNothing(Map.Entry<String, Space> named) {
        Optimizer careful = fresh(named.getValue());
        Optimizer careless = fresh(named.getValue());
        for (long number = 0; number < 60; number++) {
            double[] kept = careful.ask(number);
            double[] given = careless.propose(number);
            careless.asked(number, given);
            Arrays.fill(given, Double.NaN);
            Arrays.fill(careless.recommend(), Double.NaN);
            careful.tell(number, bumpy(kept));
            careless.tell(number, bumpy(kept));
        }
        assertSame(careful, careless);
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void anotherSeedAsksOtherPointsAndTheSameSeedTheSame(Map.Entry<String, Space> named) {
        Optimizer one = create(named.getValue(), 300, 8, 7);
        Optimizer same = create(named.getValue(), 300, 8, 7);
        Optimizer other = create(named.getValue(), 300, 8, 8);
        boolean differs = false;
        for (long number = 0; number < 40; number++) {
            double[] point = one.ask(number);
            assertBits(point, same.ask(number));
            differs |= !Arrays.equals(point, other.ask(number));
        }
        assertTrue(
                differs || named.getKey().equals("one fixed") || named.getKey().equals("one switch"));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void whatIsToldInAnyOrderLeavesAWorkingOptimizer(Map.Entry<String, Space> named) {
        for (int permutation = 0; permutation < 5; permutation++) {
            Optimizer optimizer = create(named.getValue(), 300, 64, 9);
            List<Long> numbers = new ArrayList<>();
            List<double[]> points = new ArrayList<>();
            for (long number = 0; number < 128; number++) {
                numbers.add(number);
                points.add(optimizer.ask(number));
            }
            Collections.shuffle(numbers, new Random(permutation));
            double best = Double.POSITIVE_INFINITY;
            for (long number : numbers) {
                Outcome outcome = bumpy(points.get((int) number));
                best = Math.min(best, ((Measured) outcome).loss());
                optimizer.tell(number, outcome);
            }
            named.getValue().check(optimizer.propose(128));
            assertEquals(loss(best), bumpy(optimizer.recommend()));
            assertEquals(0, optimizer.outstanding());
        }
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void neverToldCandidatesHoldNothingUp(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        for (long number = 0; number < 500; number++) {
            named.getValue().check(optimizer.ask(number));
        }
        assertEquals(500, optimizer.outstanding());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void allCandidatesFailingLeavesAWorkingOptimizer(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        for (long number = 0; number < 500; number++) {
            named.getValue().check(optimizer.ask(number));
            optimizer.tell(number, new Failed());
        }
        assertArrayEquals(named.getValue().initial(), optimizer.recommend());
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void allLossesEqualLeavesAWorkingOptimizerThatStillMoves(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        boolean moved = false;
        for (long number = 0; number < 1000; number++) {
            double[] point = optimizer.ask(number);
            named.getValue().check(point);
            moved |= number > 950 && !Arrays.equals(point, named.getValue().initial());
            optimizer.tell(number, loss(1));
        }
        assertArrayEquals(named.getValue().initial(), optimizer.recommend());
        assertTrue(moved || named.getKey().equals("one fixed"));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void aSuggestionComesNextAndInOrder(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        double[] first = optimizer.propose(77);
        double[] second = optimizer.propose(78);
        double[] third = optimizer.propose(79);
        optimizer.ask(0);
        List.of(first, second, third).forEach(optimizer::suggest);
        assertArrayEquals(first, optimizer.ask(1));
        assertArrayEquals(second, optimizer.propose(2));
        optimizer.asked(2, third);
        assertArrayEquals(second, optimizer.ask(3));
    }

    @ParameterizedTest
    @MethodSource("spaces")
    void aPointNeverAskedIsUsed(Map.Entry<String, Space> named) {
        Optimizer optimizer = fresh(named.getValue());
        live(optimizer, 50, new Random(6));
        double[] found = optimizer.propose(200);
        optimizer.tell(found, loss(-1000));
        assertArrayEquals(found, optimizer.best());
        int outstanding = optimizer.outstanding();
        optimizer.tell(found, new Failed());
        assertArrayEquals(found, optimizer.best());
        assertEquals(outstanding, optimizer.outstanding());
    }

    @Test
    void whatIsRefusedChangesNothing() {
        Space space = Spaces.mixed();
        Optimizer untouched = fresh(space);
        Optimizer abused = fresh(space);
        for (Optimizer optimizer : List.of(untouched, abused)) {
            live(optimizer, 40, new Random(8));
            optimizer.ask(100);
        }
        double[] good = space.initial();
        double[] short_ = {1};
        double[] nan = space.initial();
        nan[0] = Double.NaN;
        double[] outside = space.initial();
        outside[1] = 1;
        List<Consumer<Optimizer>> refused = List.of(
                o -> o.propose(-1),
                o -> o.asked(-1, good),
                o -> o.asked(100, good),
                o -> o.asked(101, short_),
                o -> o.asked(101, nan),
                o -> o.asked(101, outside),
                o -> o.suggest(outside),
                o -> o.tell(nan, loss(1)),
                o -> o.tell(99_999, loss(1)),
                o -> o.tell(100, loss(Double.NaN)),
                o -> o.tell(100, loss(Double.NEGATIVE_INFINITY)));
        for (Consumer<Optimizer> call : refused) {
            assertThrows(IllegalArgumentException.class, () -> call.accept(abused));
        }
        assertSame(untouched, abused);
        abused.tell(100, loss(1));
        assertThrows(IllegalArgumentException.class, () -> abused.tell(100, loss(1)), "told twice");
    }

    @Test
    void suggestionsHaveALimit() {
        Space space = Spaces.reals(2);
        Optimizer optimizer = fresh(space);
        for (int i = 0; i < Optimizer.MOST_SUGGESTIONS; i++) {
            optimizer.suggest(space.initial());
        }
        assertThrows(IllegalStateException.class, () -> optimizer.suggest(space.initial()));
    }

    @Test
    void budgetAndParallelismAreHintsOnly() {
        for (int[] hint : new int[][] {{1, 1}, {1, 64}, {3, 1000}, {1_000_000, 1}}) {
            Optimizer optimizer = create(Spaces.mixed(), hint[0], hint[1], 5);
            live(optimizer, 100, new Random(9));
            optimizer.space().check(optimizer.recommend());
        }
    }

    @Test
    void oneLineSaysWhichAlgorithmSearchesAndWhy() {
        Optimizer optimizer = fresh(Spaces.reals(5));
        live(optimizer, 60, new Random(3));
        String line = optimizer.explanation();
        assertTrue(line.matches("\\w+: \\S.{4,300}\\S"), line);
        assertTrue(Optimizers.names().contains(line.substring(0, line.indexOf(':'))), line);
    }

    @Test
    void theBaselineIsNeverForgotten() {
        Optimizer optimizer = fresh(Spaces.reals(5));
        optimizer.ask(0);
        optimizer.tell(0, loss(-1));
        for (long number = 1; number < 300; number++) {
            boolean shipped = Arrays.equals(optimizer.ask(number), new double[5]);
            optimizer.tell(number, loss(shipped ? -1 : (double) number));
        }
        assertArrayEquals(new double[5], optimizer.recommend());
        assertFalse(optimizer.outstanding() > 0);
    }

    /** Every call that changes state, to be played again. */
    private static final class Recorded implements Optimizer {
        final List<Consumer<Optimizer>> log = new ArrayList<>();
        private final Optimizer inner;

        Recorded(Optimizer inner) {
            this.inner = inner;
        }

        @Override
        public Space space() {
            return inner.space();
        }

        @Override
        public double[] propose(long number) {
            return inner.propose(number);
        }

        @Override
        public void asked(long number, double[] point) {
            double[] copy = point.clone();
            log.add(o -> o.asked(number, copy));
            inner.asked(number, point);
        }

        @Override
        public void tell(long number, Outcome outcome) {
            log.add(o -> o.tell(number, outcome));
            inner.tell(number, outcome);
        }

        @Override
        public void tell(double[] point, Outcome outcome) {
            double[] copy = point.clone();
            log.add(o -> o.tell(copy, outcome));
            inner.tell(point, outcome);
        }

        @Override
        public void suggest(double[] point) {
            double[] copy = point.clone();
            log.add(o -> o.suggest(copy));
            inner.suggest(point);
        }

        @Override
        public double[] recommend() {
            return inner.recommend();
        }

        @Override
        public double[] best() {
            return inner.best();
        }

        @Override
        public double learnedNats(long number) {
            return inner.learnedNats(number);
        }

        @Override
        public String explanation() {
            return inner.explanation();
        }

        @Override
        public int outstanding() {
            return inner.outstanding();
        }
    }

    /** The same optimizer, its numbers counted from elsewhere. */
    private record Shifted(Optimizer inner, long by) implements Optimizer {
        @Override
        public Space space() {
            return inner.space();
        }

        @Override
        public double[] propose(long number) {
            return inner.propose(number + by);
        }

        @Override
        public void asked(long number, double[] point) {
            inner.asked(number + by, point);
        }

        @Override
        public void tell(long number, Outcome outcome) {
            inner.tell(number + by, outcome);
        }

        @Override
        public void tell(double[] point, Outcome outcome) {
            inner.tell(point, outcome);
        }

        @Override
        public void suggest(double[] point) {
            inner.suggest(point);
        }

        @Override
        public double[] recommend() {
            return inner.recommend();
        }

        @Override
        public double[] best() {
            return inner.best();
        }

        @Override
        public double learnedNats(long number) {
            return inner.learnedNats(number + by);
        }

        @Override
        public String explanation() {
            return inner.explanation();
        }

        @Override
        public int outstanding() {
            return inner.outstanding();
        }
    }
}
