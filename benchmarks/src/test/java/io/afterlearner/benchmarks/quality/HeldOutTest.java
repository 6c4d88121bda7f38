package io.afterlearner.benchmarks.quality;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

class HeldOutTest {

    @ParameterizedTest
    @CsvFileSource(resources = "heldout-check-vectors.csv", numLinesToSkip = 1)
    void everyCheckVectorIsReproduced(String name, int dimension, int seed, double value, double firstLoss) {
        Instance instance = Problems.of(name, dimension, seed);
        List<Parameter> parameters = instance.space().parameters();
        double[] point = IntStream.range(0, dimension)
                .mapToDouble(i -> checked(parameters.get(i), i))
                .toArray();
        assertEquals(value, instance.regret().applyAsDouble(point), 1e-12 * value);
        assertEquals(firstLoss, instance.loss().applyAsDouble(point), 1e-12 * Math.abs(firstLoss));
    }

    private static double checked(Parameter parameter, int i) {
        double sine = 2 * Math.sin(i + 1);
        if (parameter instanceof Parameter.Choice choice) {
            return (i >= 9 && i % 3 == 0 ? i + 1 : i) % choice.options();
        }
        if (parameter instanceof Parameter.Int whole) {
            return whole.low() == 0 ? i % 21 : Math.floor(100 * sine);
        }
        return ((Parameter.Real) parameter).log() ? Math.pow(10, sine - 1) : sine;
    }

    @ParameterizedTest
    @CsvSource({
        "ackley(shift=5), 4",
        "griewank(shift=5), 4",
        "levy(shift=5), 4",
        "schwefel222(shift=5), 4",
        "absolute(shift=5), 4",
        "schaffer(shift=5), 4",
        "doublesum(shift=5), 4",
        "rotateddifferentpowers(shift=5), 4",
        "rotatedellipsoid(shift=5), 30",
        "steps(shift=5), 4",
        "styblinskitang(shift=5), 4"
    })
    void landscapesHaveTheirMinimumAtTheShiftedOptimum(String name, int dimension) {
        double[] optimum = Arrays.stream(new RandomState(200_000 + 1_000 * dimension + 3).gaussians(dimension))
                .map(v -> 5 * v)
                .toArray();
        Instance instance = Problems.of(name, dimension, 3);
        assertEquals(0, instance.regret().applyAsDouble(optimum), 1e-12 * dimension);
        for (int i = 0; i < dimension; i++) {
            double[] beside = optimum.clone();
            beside[i] += 0.6;
            assertTrue(instance.regret().applyAsDouble(beside) > 0, name);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "50"})
    void rotationsKeepLengthsAndAngles(int dimension) {
        Rotation rotation = new Rotation(dimension, new RandomState(dimension));
        double[] x = new RandomState(1).gaussians(dimension);
        double[] y = new RandomState(2).gaussians(dimension);
        double size = Products.dot(x, x) + Products.dot(y, y);
        assertEquals(Products.dot(x, x), Products.dot(rotation.of(x), rotation.of(x)), 1e-13 * size);
        assertEquals(Products.dot(x, y), Products.dot(rotation.of(x), rotation.of(y)), 1e-13 * size);
    }
}
