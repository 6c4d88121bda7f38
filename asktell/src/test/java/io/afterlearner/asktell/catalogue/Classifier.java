package io.afterlearner.asktell.catalogue;

import java.util.Random;

/** A linear reader of ten classes by nearest centre, on examples whose frequencies and mistakes it was not made for. */
public final class Classifier {
    public static final int WEIGHTS = 650;
    private static final int CLASSES = 10;
    private static final int FEATURES = 64;
    private static final int EXAMPLES = 300;
    private static final double NOISE = 1.6;
    private static final double SCALE = 0.3;

    private final double[][] features = new double[EXAMPLES][FEATURES];
    private final int[] labels = new int[EXAMPLES];
    private final double[] shipped = new double[WEIGHTS];

    Classifier(long seed) {
        Random random = new Random(seed);
        double[][] centres = new double[CLASSES][FEATURES];
        for (int label = 0; label < CLASSES; label++) {
            double square = 0;
            for (int j = 0; j < FEATURES; j++) {
                centres[label][j] = 0.9 * Math.max(0, random.nextGaussian());
                shipped[label * FEATURES + j] = SCALE * centres[label][j];
                square += centres[label][j] * centres[label][j];
            }
            shipped[CLASSES * FEATURES + label] = -SCALE * square / 2;
        }
        for (int example = 0; example < EXAMPLES; example++) {
            labels[example] = random.nextDouble() < 0.6 ? random.nextInt(3) : random.nextInt(CLASSES);
            for (int j = 0; j < FEATURES; j++) {
                double clean = centres[labels[example]][j];
                features[example][j] = Math.max(0, clean + NOISE * random.nextGaussian());
            }
        }
    }

    /** Mean cost of the mistakes with the shipped weights shifted: 1 for a class read too high, 0.3 for one too low. */
    double cost(double[] shift) {
        double sum = 0;
        for (int example = 0; example < EXAMPLES; example++) {
            int read = read(features[example], shift);
            sum += read == labels[example] ? 0 : read > labels[example] ? 1 : 0.3;
        }
        return sum / EXAMPLES;
    }

    private int read(double[] example, double[] shift) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int label = 0; label < CLASSES; label++) {
            int bias = CLASSES * FEATURES + label;
            double score = shipped[bias] + shift[bias];
            for (int j = 0; j < FEATURES; j++) {
                int weight = label * FEATURES + j;
                score += (shipped[weight] + shift[weight]) * example[j];
            }
            if (score > most) {
                most = score;
                best = label;
            }
        }
        return best;
    }
}
