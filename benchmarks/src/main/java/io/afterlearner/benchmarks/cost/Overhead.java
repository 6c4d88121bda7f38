package io.afterlearner.benchmarks.cost;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;

/** Measured microseconds per ask and tell of Nevergrad 1.0.12. */
public final class Overhead {
    private record Key(String optimizer, int dimension, int workers) {}

    private final Map<Key, Double> micros = new HashMap<>();

    private Overhead() {}

    /** The table included in this module. */
    public static Overhead load() {
        Overhead overhead = new Overhead();
        try (InputStream in = Objects.requireNonNull(Overhead.class.getResourceAsStream("nevergrad-overhead.csv"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().skip(1).map(line -> line.split(",", -1)).forEach(overhead::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return overhead;
    }

    private void add(String[] fields) {
        micros.put(
                new Key(fields[0], Integer.parseInt(fields[1]), Integer.parseInt(fields[2])),
                Double.parseDouble(fields[3]));
    }

    /** Returns the figure of the optimizer of the same name, or of {@code NGOpt} for {@code auto}; empty if not measured. */
    OptionalDouble micros(String optimizer, int dimension, int workers) {
        Double found = micros.get(new Key(optimizer.equals("auto") ? "NGOpt" : optimizer, dimension, workers));
        return found == null ? OptionalDouble.empty() : OptionalDouble.of(found);
    }
}
