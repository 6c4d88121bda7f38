package io.afterlearner.benchmarks;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.run.Frontier;
import io.afterlearner.aleph.run.RunOptions;
import io.afterlearner.aleph.run.Split;
import io.afterlearner.aleph.run.SplitSession;
import io.afterlearner.aleph.run.Suffix;
import io.afterlearner.aleph.write.Retrofit;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * CPU time per candidate of four ways to evaluate, on one thread. ONNX Runtime with one thread works in the calling thread, so
 * that thread's CPU time is complete.
 */
public final class EvaluateBench {

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
    public EvaluateFigures run(String example, Model model, Aleph aleph, Map<String, Tensor> inputs, RunOptions runtime)
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
        return new EvaluateFigures(example, examples, aleph.size(), naive, promoted, ours, bare);
    }

    private double naive(Model model, Aleph aleph, Map<String, Tensor> inputs, int times) throws Exception {
        Path file = Files.createTempFile("candidate", ".onnx");
        try {
            return millis(times, () -> {
                Retrofit.write(model, aleph, aleph.initial(), file);
                NaiveRun.all(file, inputs);
            });
        } finally {
            Files.delete(file);
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
