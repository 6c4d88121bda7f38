package io.afterlearner.study;

import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Problem;
import io.afterlearner.schemas.Noise;
import io.afterlearner.schemas.OptimizerSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code optimizer:} and its defaults: {@code {type: auto, budget: 300, parallelism: 8, seed: 1, runs: 1}}, with noise and warmStart left open. */
final class OptimizerKeys {
    private static final List<String> KEYS =
            List.of("type", "budget", "parallelism", "seed", "runs", "noise", "warmStart");
    static final long MOST_BUDGET = 10_000_000L;
    static final long MOST_PARALLELISM = 4_096;

    private OptimizerKeys() {}

    /** @param online whether users are the loss, which is noisy then whatever is said of it */
    static OptimizerSpec read(@Nullable Yaml at, boolean online) {
        Map<String, Yaml> keys = at == null ? Map.of() : at.mapping(KEYS);
        long budget = whole(keys, "budget", 1, MOST_BUDGET, 300);
        return new OptimizerSpec(
                Optional.ofNullable(keys.get("type"))
                        .map(type -> type.oneOf(Optimizers.names()))
                        .orElse("auto"),
                budget,
                (int) whole(keys, "parallelism", 1, MOST_PARALLELISM, 8),
                whole(keys, "seed", Long.MIN_VALUE, Long.MAX_VALUE, 1),
                (int) whole(keys, "runs", 1, Math.min(budget, Problem.MOST_RUNS), 1),
                online ? onlineNoise(keys.get("noise")) : noise(keys.get("noise")));
    }

    /** The history.csv of an earlier study; null where none is to be told. */
    static @Nullable FileKey warmStart(@Nullable Yaml at) {
        Yaml key = at == null ? null : at.mapping(KEYS).get("warmStart");
        return key == null ? null : FileKey.of(key);
    }

    private static Noise onlineNoise(@Nullable Yaml at) {
        if (at != null && !at.bool()) {
            throw at.error("cannot be false: what users report is noisy; leave it out");
        }
        return Noise.SOME;
    }

    private static Noise noise(@Nullable Yaml at) {
        return at == null ? Noise.UNKNOWN : at.bool() ? Noise.SOME : Noise.NONE;
    }

    private static long whole(Map<String, Yaml> keys, String key, long least, long most, long otherwise) {
        Yaml value = keys.get(key);
        return value == null ? otherwise : value.integer(least, most);
    }
}
