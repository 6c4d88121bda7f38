package io.afterlearner.aleph.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import io.afterlearner.aleph.Claims;
import io.afterlearner.aleph.Data;
import io.afterlearner.aleph.Entry;
import io.afterlearner.aleph.ModelBuilder;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.aleph.TestModels;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.TensorCodec;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.AlephEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SuffixTest {
    private static final long SEED = 8;

    @TempDir
    Path directory = Path.of("");

    private record Loaded(Model model, Aleph aleph, SplitSession session) {}

    private Loaded load(ModelBuilder builder, AlephEntry... entries) {
        Model model = Model.read(builder.write(directory.resolve("m.onnx")));
        Aleph aleph = Aleph.bind(model, List.of(entries));
        return new Loaded(model, aleph, SplitSession.open(Split.of(model, aleph), RunOptions.cpu()));
    }

    @Test
    void outputsAreTheSameBuffersFromTheSecondRunOn() {
        Loaded l = load(TestModels.transformer(), Entry.shift("head.b"));
        try (l.session;
                Frontier frontier = l.session.prefix(Data.random(l.model, l.aleph, new Random(SEED)));
                Suffix runner = l.session.runner(frontier)) {
            Tensor first = runner.run(new double[] {1, 2, 3}).get("y");
            Map<String, List<Integer>> bits = Data.bits(runner.outputs());
            runner.run(new double[] {3, 2, 1});
            assertSame(first, runner.run(new double[] {1, 2, 3}).get("y"));
            assertEquals(bits, Data.bits(runner.outputs()));
        }
    }

    @Test
    void anOutputWhoseShapeDependsOnTheCandidateIsCorrect() {
        ModelBuilder model = new ModelBuilder(0)
                .input("x", 4)
                .output("where", ElementType.INT64, 1, -1)
                .constant("b", new float[] {0, 0, 0, 0}, 4)
                .node("Add", "x b", "sum")
                .node("Relu", "sum", "relu")
                .node("NonZero", "relu", "where");
        Loaded l = load(model, Entry.shift("b"));
        Tensor x = new Tensor(ElementType.FLOAT, new long[] {4}, TensorCodec.buffer(16));
        try (l.session;
                Frontier frontier = l.session.prefix(Map.of("x", x));
                Suffix runner = l.session.runner(frontier)) {
            double[][] candidates = {{1, 0, 0, 1}, {1, 1, 1, 1}, {0, 1, 0, 0}, {0, 0, 0, 0}, {1, 0, 0, 1}, {0, 0, 1, 1}
            };
            int[] counts = {2, 4, 1, 0, 2, 2};
            for (int i = 0; i < counts.length; i++)
                assertArrayEquals(
                        new long[] {1, counts[i]},
                        runner.run(candidates[i]).get("where").shape());
            assertEquals(3, runner.outputs().get("where").data().getLong(8));
        }
    }

    @Test
    void aRunIsCancelledFromAnotherThread() throws Exception {
        ModelBuilder body = new ModelBuilder(0)
                .input("i", ElementType.INT64)
                .input("go", ElementType.BOOL)
                .input("state", 4)
                .output("again", ElementType.BOOL)
                .output("next", 4)
                .node("Identity", "go", "again")
                .node("Add", "state step", "next");
        ModelBuilder endless = new ModelBuilder(0)
                .input("x", 4)
                .output("z", 4)
                .weights("step", 4)
                .longs("trips", 1_000_000_000_000L)
                .node("Squeeze", "trips", "trips0")
                .node("Loop", "trips0  x", "z", ModelBuilder.graph("body", body));
        Loaded l = load(endless, Entry.shift("step"));
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (l.session;
                Frontier frontier = l.session.prefix(Data.random(l.model, l.aleph, new Random(SEED)));
                Suffix runner = l.session.runner(frontier)) {
            CountDownLatch started = new CountDownLatch(1);
            Future<?> run = thread.submit(() -> {
                started.countDown();
                Claims.refused(() -> runner.run(l.aleph.initial()), "cancelled");
            });
            started.await();
            runner.cancel();
            run.get(30, TimeUnit.SECONDS);
            Claims.refused(() -> runner.run(l.aleph.initial()), "cancelled");
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void manyThreadsShareASessionAndAFrontier() throws Exception {
        Loaded l = load(TestModels.convolution(), Entry.scale("bn.scale"), Entry.shift("fc.b"));
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try (l.session;
                Frontier frontier = l.session.prefix(Data.random(l.model, l.aleph, new Random(SEED)))) {
            List<Future<List<Map<String, List<Integer>>>>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) all.add(pool.submit(() -> candidates(l, frontier)));
            for (var one : all) assertEquals(all.get(0).get(), one.get(), "seed " + SEED);
        } finally {
            pool.shutdownNow();
        }
    }

    private static List<Map<String, List<Integer>>> candidates(Loaded l, Frontier frontier) {
        List<Map<String, List<Integer>>> bits = new ArrayList<>();
        Random random = new Random(SEED);
        try (Suffix runner = l.session.runner(frontier)) {
            for (int i = 0; i < 50; i++) bits.add(Data.bits(runner.run(Data.near(l.aleph, random, 0.5))));
        }
        return bits;
    }

    @Test
    void aSessionClosedUnderARunnerLivesUntilTheRunnerIsClosed() {
        Loaded l = load(TestModels.convolution(), Entry.shift("fc.b"));
        Frontier frontier = l.session.prefix(Data.random(l.model, l.aleph, new Random(SEED)));
        Suffix runner = l.session.runner(frontier);
        Map<String, List<Integer>> before = Data.bits(runner.run(l.aleph.initial()));
        frontier.close();
        l.session.close();
        assertEquals(before, Data.bits(runner.run(l.aleph.initial())));
        runner.close();
        assertThrows(IllegalStateException.class, () -> runner.run(l.aleph.initial()));
        Claims.refused(() -> l.session.runner(frontier), "closed");
    }

    @Test
    void dataThatDoesNotFitIsRejectedByName() {
        Loaded l = load(TestModels.convolution(), Entry.shift("fc.b"));
        try (l.session) {
            Random random = new Random(SEED);
            Claims.refused(() -> l.session.prefix(Map.of()), "no array 'x'", "FLOAT [?, 3, 8, 8]");
            Claims.refused(
                    () -> l.session.prefix(Map.of("x", Data.random(random, 2, 3, 8, 9))),
                    "[2, 3, 8, 9]",
                    "reshape it to");
            Tensor ints = new Tensor(ElementType.INT32, new long[] {1, 3, 8, 8}, TensorCodec.buffer(4 * 192));
            Claims.refused(
                    () -> l.session.prefix(Map.of("x", ints)),
                    "is INT32, but the model reads FLOAT",
                    "convert it to FLOAT");
        }
    }

    @Test
    void cudaIsRejectedWithoutAGpuBuild() {
        Assumptions.assumeFalse(OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA));
        Model model = Model.read(TestModels.shared().write(directory.resolve("m.onnx")));
        Split split = Split.of(model, Aleph.bind(model, List.of(Entry.shift("w"))));
        RunOptions cuda = new RunOptions(RunOptions.Provider.CUDA, 0, 1);
        Claims.refused(() -> SplitSession.open(split, cuda), "CUDA was requested");
    }

    @Test
    void aModelThatOnnxRuntimeCannotLoadIsRejectedInOneLine() {
        Model model = Model.read(TestModels.shared()
                .node("NoSuchOperator", "y w", "z")
                .output("z")
                .write(directory.resolve("m.onnx")));
        Split split = Split.of(model, Aleph.bind(model, List.of(Entry.shift("w"))));
        Claims.refused(() -> SplitSession.open(split, RunOptions.cpu()), "NoSuchOperator");
    }
}
