package io.afterlearner.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.aleph.manifest.AlephEntry.Granularity;
import io.afterlearner.aleph.manifest.AlephEntry.Transform;
import io.afterlearner.aleph.run.RunOptions;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.evaluation.score.Score;
import io.afterlearner.evaluation.score.UnscorableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluationTest {
    private static final int EXAMPLES = 10;
    private static final long SEED = 7;

    @TempDir
    Path directory;

    private final float[] x = floats(EXAMPLES * 3, SEED);
    private final float[] target = floats(EXAMPLES, SEED + 1);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 16})
    void aScoreEqualsBruteForce(int fixedBatch) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        try (Evaluation evaluation = open(fixedBatch, data(), 1 << 20)) {
            for (int candidate = 0; candidate < 5; candidate++) {
                double[] values = random.doubles(5, -2, 2).toArray();
                Score score = evaluation.score(values);
                assertEquals(rmse(values), score.loss(), 1e-5, "seed " + SEED + ", candidate " + candidate);
                assertEquals(EXAMPLES, score.examples());
                assertTrue(score.standardError() > 0);
            }
        }
    }

    @Test
    void aPrefixThatDoesNotFitTheCacheIsComputedAgainWithTheSameResult() throws IOException {
        try (Evaluation cached = open(4, data(), 1 << 20);
                Evaluation partly = open(4, data(), 200);
                Evaluation bare = open(4, data(), 0)) {
            assertEquals(
                    List.of(10, 4, 0),
                    List.of(cached.cachedExamples(), partly.cachedExamples(), bare.cachedExamples()));
            double[] values = {1, 2, -1, 0.5, 0.25};
            assertArrayEquals(
                    cached.score(values).statistics(), bare.score(values).statistics());
            assertArrayEquals(
                    cached.score(values).statistics(), partly.score(values).statistics());
            assertTrue(bare.bytes() < cached.bytes());
        }
    }

    @Test
    void manyThreadsScoreTheSameAsOne() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Evaluation evaluation = open(4, data(), 1 << 20)) {
            SplittableRandom random = new SplittableRandom(SEED);
            List<Callable<Double>> tasks = new ArrayList<>();
            List<Double> expected = new ArrayList<>();
            for (int task = 0; task < 200; task++) {
                double[] values = random.doubles(5, -2, 2).toArray();
                expected.add(evaluation.score(values).loss());
                tasks.add(() -> evaluation.score(values).loss());
            }
            List<Double> found = new ArrayList<>();
            for (var future : threads.invokeAll(tasks)) {
                found.add(future.get());
            }
            assertEquals(expected, found);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aStoppedEvaluationHasNoScoreButTheNextOneDoes() throws IOException {
        try (Evaluation evaluation = open(4, data(), 1 << 20)) {
            double[] values = {1, 1, 1, 1, 0};
            UnscorableException stopped =
                    assertThrows(UnscorableException.class, () -> evaluation.score(values, Runnable::run));
            assertEquals("the evaluation was stopped", stopped.getMessage());
            assertEquals(rmse(values), evaluation.score(values).loss(), 1e-5);
        }
    }

    @Test
    void stoppingAFinishedEvaluationHasNoEffect() throws IOException {
        try (Evaluation evaluation = open(4, data(), 1 << 20)) {
            double[] values = {1, 1, 1, 1, 0};
            List<Runnable> stops = new ArrayList<>();
            evaluation.score(values, stops::add);
            stops.forEach(Runnable::run);
            assertEquals(rmse(values), evaluation.score(values).loss(), 1e-5);
        }
    }

    @Test
    void outputsThatAreNaNOrOverflowHaveNoScore() throws IOException {
        try (Evaluation evaluation = open(0, data(), 1 << 20)) {
            double huge = 3e38;
            UnscorableException problem = assertThrows(
                    UnscorableException.class, () -> evaluation.score(new double[] {huge, -huge, huge, -huge, huge}));
            assertFalse(problem.getMessage().contains("\n"));
            assertThrows(UnscorableException.class, () -> evaluation.score(new double[4]));
            assertTrue(evaluation.score(new double[5]).loss() > 0);
        }
    }

    @Test
    void targetsThatTheLossIgnoresAreCounted() throws IOException {
        float[] gaps = target.clone();
        gaps[3] = gaps[7] = Float.NaN;
        Dataset data = new Dataset(Map.of("x", tensor(x, EXAMPLES, 3), "target", tensor(gaps, EXAMPLES, 1)), "0");
        try (Evaluation evaluation = open(0, data, 1 << 20)) {
            assertEquals(new Targets(EXAMPLES, EXAMPLES, 2), evaluation.targets());
        }
    }

    @Test
    void dataThatDoesNotFitIsRejectedInOneLineWithPlaceAndFix() throws IOException {
        refused(
                "the data has no array \"target\" to compare outputs with, but has x; add it",
                Map.of("x", tensor(x, EXAMPLES, 3)));
        refused(
                "the data has no array \"x\", which the model reads as FLOAT [N, 3], but has X, target; add it",
                Map.of("X", tensor(x, EXAMPLES, 3), "target", tensor(target, EXAMPLES, 1)));
        refused("so no example", Map.of("x", tensor(x, EXAMPLES, 3), "target", tensor(new float[0], 0, 1)));
        refused(
                "array \"x\" of shape [5, 3] has 5 examples (axis 0), but array \"target\" of shape [10, 1] has 10 examples"
                        + " (axis 0); give both the same number of examples",
                Map.of("x", tensor(floats(15, 1), 5, 3), "target", tensor(target, EXAMPLES, 1)));
        refused(
                "has shape [10, 2], but the model reads FLOAT [N, 3]",
                Map.of("x", tensor(floats(20, 1), EXAMPLES, 2), "target", tensor(target, EXAMPLES, 1)));
        Tensor wide = new Tensor(ElementType.DOUBLE, new long[] {EXAMPLES, 3}, buffer(EXAMPLES * 3 * 8));
        refused("is DOUBLE, but the model reads FLOAT", Map.of("x", wide, "target", tensor(target, EXAMPLES, 1)));
        refused(
                "rmse cannot compare",
                Map.of("x", tensor(x, EXAMPLES, 3), "target", tensor(floats(20, 1), EXAMPLES, 2)));
    }

    @Test
    void anOutputMustBeNamedExistAndDependOnAleph() throws IOException {
        Model model = Model.read(TinyModel.write(directory.resolve("tiny.onnx"), 0));
        Map<String, String> asked = new LinkedHashMap<>();
        asked.put("{}", "name the one to score");
        asked.put("hiden", "did you mean hidden?");
        asked.put("hidden", "depends on none");
        asked.forEach((output, expected) -> {
            Map<String, String> settings = output.equals("{}") ? Map.of() : Map.of("output", "\"" + output + "\"");
            DataException refusal = assertThrows(DataException.class, () -> open(model, settings));
            assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
        });
    }

    @Test
    void cudaIsRejectedWithoutAGpuBuild() throws IOException {
        Model model = Model.read(TinyModel.write(directory.resolve("tiny.onnx"), 0));
        Aleph aleph = Aleph.bind(model, entries());
        RunOptions cuda = new RunOptions(RunOptions.Provider.CUDA, 0, 1);
        Losses.Chosen loss = Losses.create("rmse", Map.of("output", "\"y\""));
        RuntimeException refusal = assertThrows(
                RuntimeException.class,
                () -> Evaluation.open(
                        model, aleph, data(), loss, Batching.AUTO, new Evaluation.Options(cuda, 1 << 20, 1)));
        assertTrue(refusal.getMessage().contains("CUDA"), refusal.getMessage());
    }

    private void refused(String expected, Map<String, Tensor> arrays) {
        Dataset data = new Dataset(new LinkedHashMap<>(arrays), "0");
        DataException refusal = assertThrows(DataException.class, () -> open(0, data, 1 << 20));
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
        assertFalse(refusal.getMessage().contains("\n"));
    }

    private double rmse(double[] aleph) {
        double squares = 0;
        for (int row = 0; row < EXAMPLES; row++) {
            float[] one = {x[row * 3], x[row * 3 + 1], x[row * 3 + 2]};
            double difference = TinyModel.y(one, aleph) - target[row];
            squares += difference * difference;
        }
        return Math.sqrt(squares / EXAMPLES);
    }

    private Evaluation open(int fixedBatch, Dataset data, long cacheBytes) throws IOException {
        Model model = Model.read(TinyModel.write(directory.resolve("tiny" + fixedBatch + ".onnx"), fixedBatch));
        Losses.Chosen loss = Losses.create("rmse", Map.of("output", "\"y\""));
        Evaluation.Options options = new Evaluation.Options(RunOptions.cpu(), cacheBytes, 2);
        return Evaluation.open(model, Aleph.bind(model, entries()), data, loss, Batching.AUTO, options);
    }

    private Evaluation open(Model model, Map<String, String> settings) {
        Losses.Chosen loss = Losses.create("rmse", settings);
        return Evaluation.open(
                model, Aleph.bind(model, entries()), data(), loss, Batching.AUTO, Evaluation.Options.cpu(1));
    }

    private static List<AlephEntry> entries() {
        return List.of(
                AlephEntry.of("v", Transform.VALUE, Granularity.ELEMENT),
                AlephEntry.of("b", Transform.VALUE, Granularity.ELEMENT));
    }

    private Dataset data() {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("x", tensor(x, EXAMPLES, 3));
        arrays.put("target", tensor(target, EXAMPLES, 1));
        return new Dataset(arrays, "0");
    }

    private static float[] floats(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static Tensor tensor(float[] values, long... shape) {
        ByteBuffer data = buffer(values.length * Float.BYTES);
        data.asFloatBuffer().put(values);
        return new Tensor(ElementType.FLOAT, shape, data);
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
    }
}
