package io.afterlearner.asktell.math;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.coordinates.Latent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorsTest {

    private static final int[][] PAIRS = IntStream.range(0, 64)
            .mapToObj(pair -> new int[] {pair / 8, pair % 8})
            .toArray(int[][]::new);

    /** All points that differ from a parent in up to two values, which are small whole numbers and fill few bits. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 30})
    void childrenOfWholeNumbersHaveDistinctFingerprints(int dimension) {
        Set<List<Double>> children = new HashSet<>();
        Set<Long> fingerprints = new HashSet<>();
        for (int pair = 0; pair < dimension * dimension; pair++) {
            for (int[] values : PAIRS) {
                double[] child = new double[dimension];
                child[pair / dimension] = values[0];
                child[pair % dimension] = values[1];
                children.add(Arrays.stream(child).boxed().toList());
                fingerprints.add(Vectors.fingerprint(child));
            }
        }
        assertEquals(children.size(), fingerprints.size());
    }

    @ParameterizedTest
    @ValueSource(doubles = {3, Double.POSITIVE_INFINITY})
    void decodingInPlaceEqualsDecoding(double bound) {
        Parameter parameter = new Parameter.Real("x", -bound, bound, false, 0.5, 0.3);
        Latent latent = new Latent(new Space(List.of(parameter)));
        for (double coordinate : new double[] {0, -7, 31, 1e300}) {
            double[] coordinates = {coordinate};
            double[] point = latent.decode(coordinates);
            assertNotSame(point, coordinates);
            assertArrayEquals(new double[] {coordinate}, coordinates);
            double[] over = latent.decodeOver(coordinates);
            assertArrayEquals(point, over);
            if (bound == Double.POSITIVE_INFINITY) {
                assertSame(coordinates, over);
            }
        }
    }
}
