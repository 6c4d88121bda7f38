package io.afterlearner.demo.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The items there are.
 *
 * @param features by item; not to be written to
 */
public record Catalogue(float[][] features) {
    /** Items that a query finds, before they are ranked. */
    static final int FOUND = 40;

    /** Reads a line of comma-separated features for each item. */
    public static Catalogue read(Path csv) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        float[][] features = new float[lines.size()][];
        for (int item = 0; item < features.length; item++) {
            String[] cells = lines.get(item).split(",", -1);
            features[item] = new float[cells.length];
            for (int i = 0; i < cells.length; i++) {
                features[item][i] = Float.parseFloat(cells[i]);
            }
        }
        return new Catalogue(features);
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
