package io.afterlearner.demo.world;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * The items of the shop.
 *
 * @param features by item; not to be modified
 */
public record Catalogue(float[][] features) {
    /** Number of items that a query finds, before they are ranked. */
    static final int FOUND = 40;

    /** Reads a CSV file without header: one row of features per item. */
    public static Catalogue read(Path csv) throws IOException {
        try (MappingIterator<float[]> rows = new CsvMapper()
                .readerFor(float[].class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .readValues(csv.toFile())) {
            return new Catalogue(rows.readAll().toArray(new float[0][]));
        }
    }

    int size() {
        return features.length;
    }

    /** {@link #FOUND} different items, depending only on the query. */
    int[] found(long query) {
        SplittableRandom random = new SplittableRandom(query);
        int[] items = IntStream.range(0, size()).toArray();
        int[] found = new int[FOUND];
        for (int i = 0; i < FOUND; i++) {
            int other = i + random.nextInt(items.length - i);
            found[i] = items[other];
            items[other] = items[i];
        }
        return found;
    }
}
