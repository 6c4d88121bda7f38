package io.afterlearner.study.keys;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OptimizerSpec;
import io.afterlearner.schemas.TellOrder;
import io.afterlearner.study.yaml.Yaml;

/** Parses {@code optimizer:}, except its warmStart. */
final class OptimizerKeys {
    private OptimizerKeys() {}

    /** @param online whether users are the loss, which is always noisy */
    static OptimizerSpec read(Section keys, boolean online) {
        long budget = whole(keys, "budget", 1, Problem.MAX_BUDGET, 300);
        return new OptimizerSpec(
                keys.optional("type", type -> type.oneOf(Optimizers.names())).orElse("auto"),
                budget,
                (int) whole(keys, "parallelism", 1, Problem.MAX_PARALLELISM, 8),
                whole(keys, "seed", Long.MIN_VALUE, Long.MAX_VALUE, 1),
                (int) whole(keys, "runs", 1, Math.min(budget, Problem.MAX_RUNS), 1),
                keys.optional("noise", noise -> noise(noise, online)).orElse(online ? Noise.SOME : Noise.UNKNOWN),
                keys.optional("order", order -> order.constant(TellOrder.class)).orElse(TellOrder.ARRIVAL));
    }

    private static Noise noise(Yaml at, boolean online) {
        boolean noisy = at.bool();
        if (online && !noisy) {
            throw at.error("cannot be false in an online study, because what users report is noisy", "omit it");
        }
        return noisy ? Noise.SOME : Noise.NONE;
    }

    private static long whole(Section keys, String key, long least, long most, long otherwise) {
        return keys.optional(key, value -> value.whole(least, most)).orElse(otherwise);
    }
}
