package io.afterlearner.benchmarks;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.run.Frontier;
import io.afterlearner.aleph.run.RunOptions;
import io.afterlearner.aleph.run.Split;
import io.afterlearner.aleph.run.SplitSession;
import io.afterlearner.aleph.run.Suffix;
import io.afterlearner.aleph.write.Retrofit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CPU time per candidate of four ways to evaluate, on one thread. ONNX Runtime with one thread works in the calling thread, so
 * that thread's CPU time is complete.
 */
public final class EvaluateBench {

    /**
     * One line of {@code bench evaluate}: median CPU milliseconds per candidate, one thread, full search split.
     *
     * @param example name of the study
     * @param examples rows scored per candidate
     * @param parameters size of ℵ
     * @param naiveMillis write the model with the candidate's values, load it, run it
     * @param promotedMillis run the whole graph with ℵ as inputs
     * @param splitMillis run the suffix on the prefix kept in memory, as the evaluators do
     * @param bareSuffixMillis run the same suffix with ONNX Runtime alone, inputs and outputs pinned: the limit
     */
    public record Figures(
            String example,
            long examples,
            int parameters,
            double naiveMillis,
            double promotedMillis,
            double splitMillis,
            double bareSuffixMillis) {

        /** The line's fields in order, as {@code bench} prints them. */
        public Map<String, Object> line() {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("bench", "evaluate");
            line.put("example", example);
            line.put("examples", examples);
            line.put("parameters", parameters);
            line.put("naiveMillis", rounded(naiveMillis));
            line.put("promotedMillis", rounded(promotedMillis));
            line.put("splitMillis", rounded(splitMillis));
            line.put("bareSuffixMillis", rounded(bareSuffixMillis));
            line.put("ratio", rounded(naiveMillis / splitMillis));
            line.put("overBareRatio", rounded(splitMillis / bareSuffixMillis));
            return line;
        }

        private static double rounded(double value) {
            return Math.round(value * 10_000) / 10_000.0;
        }
    }

    /** An action measured once per repetition. */
    private interface Work {
        void run() throws Exception;
    }

    private static final int WARM_UPS = 3;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final int repetitions;

    /** @param repetitions of the cheap ways; the expensive ones are repeated a tenth as often, at least 5 times */
    public EvaluateBench(int repetitions) {
        this.repetitions = repetitions;
    }

    /**
     * @param inputs every graph input except ℵ, all examples in one batch
     * @param runtime one thread that runs the graph
     */
    public Figures run(String example, Model model, Aleph aleph, Map<String, Tensor> inputs, RunOptions runtime)
            throws Exception {
        long examples = inputs.values().iterator().next().shape()[0];
        int few = Math.max(5, repetitions / 10);
        double naive = naive(model, aleph, inputs, few);
        double promoted = split(Split.promoted(model, aleph), inputs, runtime, few);
        Split split = Split.of(model, aleph);
        double ours = split(split, inputs, runtime, repetitions);
        double bare;
        try (BareSuffix suffix = new BareSuffix(split, inputs)) {
            bare = millis(repetitions, suffix::run);
        }
        return new Figures(example, examples, aleph.size(), naive, promoted, ours, bare);
    }

    private double naive(Model model, Aleph aleph, Map<String, Tensor> inputs, int times) throws Exception {
        Path file = Files.createTempFile("candidate", ".onnx");
        try {
            return millis(times, () -> {
                Retrofit.write(model, aleph, aleph.initial(), file);
                runNaively(file, inputs);
            });
        } finally {
            Files.delete(file);
        }
    }

    /** Loads the candidate's model, runs it over all examples, closes it. */
    private static void runNaively(Path model, Map<String, Tensor> inputs) throws OrtException, IOException {
        Map<String, OnnxTensor> feeds = new HashMap<>();
        try (OrtSession session = BareRuntime.open(Files.readAllBytes(model))) {
            for (Map.Entry<String, Tensor> input : inputs.entrySet()) {
                feeds.put(input.getKey(), BareRuntime.wrap(input.getValue()));
            }
            session.run(feeds).close();
        } finally {
            feeds.values().forEach(OnnxTensor::close);
        }
    }

    private double split(Split split, Map<String, Tensor> inputs, RunOptions runtime, int times) throws Exception {
        double[] values = split.aleph().initial();
        try (SplitSession session = SplitSession.open(split, runtime);
                Frontier frontier = session.prefix(inputs);
                Suffix suffix = session.runner(frontier)) {
            return millis(times, () -> suffix.run(values));
        }
    }

    private double millis(int times, Work work) throws Exception {
        for (int i = 0; i < WARM_UPS; i++) {
            work.run();
        }
        Quantiles cpu = new Quantiles();
        for (int i = 0; i < times; i++) {
            long start = threads.getCurrentThreadCpuTime();
            work.run();
            cpu.add(threads.getCurrentThreadCpuTime() - start);
        }
        return cpu.millis(0.5);
    }
}
