package io.afterlearner.demo.world;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * The items there are.
 *
 * @param features by item; not to be written to
 */
public record Catalogue(float[][] features) {
    /** Items that a query finds, before they are ranked. */
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

    /** What a query finds: {@link #FOUND} different items. */
    int[] found(long query) {
        SplittableRandom random = new SplittableRandom(query);
        int[] items = new int[size()];
        for (int i = 0; i < items.length; i++) {
            items[i] = i;
        }
        int[] found = new int[FOUND];
        for (int i = 0; i < FOUND; i++) {
            int other = i + random.nextInt(items.length - i);
            found[i] = items[other];
            items[other] = items[i];
        }
        return found;
    }
}
