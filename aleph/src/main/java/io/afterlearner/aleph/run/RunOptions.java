package io.afterlearner.aleph.run;

import io.afterlearner.aleph.AlephException;

/**
 * Where and how a session runs.
 *
 * @param provider what executes the graph
 * @param deviceId which of the provider's devices, from 0
 * @param threads threads per run, 1 to 1024; running several candidates at a time gains more than several threads per run
 */
public record RunOptions(Provider provider, int deviceId, int threads) {
    /** What executes a graph. */
    public enum Provider {
        CPU,
        CUDA
    }

    public RunOptions {
        if (threads < 1 || threads > 1024) throw new AlephException("threads is " + threads, "give 1 to 1024");
        if (deviceId < 0) throw new AlephException("device is " + deviceId, "give 0 or more");
    }

    /** One thread of the CPU. */
    public static RunOptions cpu() {
        return new RunOptions(Provider.CPU, 0, 1);
    }
}
