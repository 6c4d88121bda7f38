package io.afterlearner.asktell.contract;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Outcome;
import io.afterlearner.asktell.Outcome.Failed;
import io.afterlearner.asktell.Outcome.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Losses, random sequences of calls and comparisons of optimizers, for the contract and other tests. */
public final class Contracts {

    private Contracts() {}

    public static Measured loss(double value) {
        return new Measured(value, Double.NaN);
    }

    /** A loss with plateaus for any space, finite at any point. */
    public static Outcome bumpy(double[] point) {
        double sum = 0;
        for (int i = 0; i < point.length; i++) {
            double distance = StrictMath.atan(point[i] - 0.3 - i % 3);
            sum += distance * distance;
        }
        return loss(StrictMath.rint(sum * 50) / 50);
    }

    /** Asks and tells at random with up to 20 outstanding; a tenth fail, a tenth are never told. */
    static void live(Optimizer optimizer, int asks, Random random) {
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

    public static void assertSame(Optimizer one, Optimizer other) {
        assertAll(
                () -> assertBits(one.recommend(), other.recommend()),
                () -> assertBits(one.propose(5000), other.propose(5000)),
                () -> assertBits(one.propose(5001), other.propose(5001)),
                () -> assertEquals(one.outstanding(), other.outstanding()));
    }

    static void assertBits(double[] one, double[] other) {
        assertArrayEquals(bits(one), bits(other));
    }

    private static long[] bits(double[] values) {
        LongStream.Builder bits = LongStream.builder();
        for (double value : values) {
            bits.add(Double.doubleToRawLongBits(value));
        }
        return bits.build().toArray();
    }
}
