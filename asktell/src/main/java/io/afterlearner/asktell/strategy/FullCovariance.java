package io.afterlearner.asktell.strategy;

import java.util.Arrays;
import java.util.List;

/**
 * A full matrix, stored as its factors L·D·Lᵀ (L unit lower triangular, D diagonal). Rank-one updates change the factors in
 * time quadratic in the dimension (Krause, Arbonès, Igel: CMA-ES with optimal covariance update and storage complexity, NIPS
 * 2016; method C1 of Gill, Golub, Murray, Saunders: Methods for modifying matrix factorizations, Mathematics of Computation 28,
 * 1974). It never computes a decomposition, so every batch costs the same. It only adds, multiplies, divides and takes square
 * roots, so results are bit-identical on every machine.
 *
 * <p>Memory is the bottleneck: in a thousand dimensions L takes 4 MB, more than a core's own cache. So L is processed in panels
 * of {@link #WIDTH} columns, and all work on a panel is done before the next: all terms of an update, all steps of a batch.
 * Unused rows pad the dimension to a multiple of the width.
 */
public final class FullCovariance implements Covariance {

    /** A negative term removes at most this share of the variance along its step. */
    private static final double MAX_CUT = 0.5;

    private static final int WIDTH = 4;

    private final int dimension;
    private final int rows;
    /** columns[j][i] is row i of column j of L, 0 for i < j. Indexing all by row lets the compiler vectorise. */
    private final double[][] columns;
    /** D. */
    private final double[] variances;

    public FullCovariance(int dimension) {
        this.dimension = dimension;
        rows = (dimension + WIDTH - 1) / WIDTH * WIDTH;
        columns = new double[rows][rows];
        variances = new double[rows];
        for (int j = 0; j < rows; j++) {
            columns[j][j] = 1;
        }
        Arrays.fill(variances, 1);
    }

    @Override
    public double[] color(double[] noise) {
        double[] scaled = Arrays.copyOf(noise, rows);
        for (int i = 0; i < rows; i++) {
            scaled[i] *= Math.sqrt(variances[i]);
        }
        double[] step = new double[rows];
        for (int j = 0; j < rows; j += WIDTH) {
            addColumns(j, j, scaled[j], scaled[j + 1], scaled[j + 2], scaled[j + 3], step);
        }
        return Arrays.copyOf(step, dimension);
    }

    @Override
    public double[] whiten(double[] step) {
        double[] noise = Arrays.copyOf(step, rows);
        for (int j = 0; j < rows; j += WIDTH) {
            eliminate(j, noise);
        }
        for (int i = 0; i < rows; i++) {
            noise[i] /= Math.sqrt(variances[i]);
        }
        return Arrays.copyOf(noise, dimension);
    }

    @Override
    public double[] squaredLengths(double[][] steps) {
        double[][] rests = padded(Arrays.asList(steps));
        for (int j = 0; j < rows; j += WIDTH) {
            for (double[] rest : rests) {
                eliminate(j, rest);
            }
        }
        return Arrays.stream(rests).mapToDouble(this::squaredLength).toArray();
    }

    private double[][] padded(List<double[]> vectors) {
        return vectors.stream().map(vector -> Arrays.copyOf(vector, rows)).toArray(double[][]::new);
    }

    private double squaredLength(double[] rest) {
        double sum = 0;
        for (int i = 0; i < rows; i++) {
            sum += rest[i] * rest[i] / variances[i];
        }
        return sum;
    }

    /** Solves for the entries of a panel and subtracts their contribution from all below. */
    private void eliminate(int j, double[] rest) {
        for (int k = j; k < j + WIDTH; k++) {
            for (int i = k + 1; i < j + WIDTH; i++) {
                rest[i] -= rest[k] * columns[k][i];
            }
        }
        addColumns(j, j + WIDTH, -rest[j], -rest[j + 1], -rest[j + 2], -rest[j + 3], rest);
    }

    private void addColumns(int j, int from, double a, double b, double c, double d, double[] sum) {
        double[] one = columns[j];
        double[] two = columns[j + 1];
        double[] three = columns[j + 2];
        double[] four = columns[j + 3];
        for (int i = from; i < sum.length; i++) {
            sum[i] += (a * one[i] + b * two[i]) + (c * three[i] + d * four[i]);
        }
    }

    @Override
    public double deviation(int coordinate) {
        double variance = 0;
        for (int j = 0; j <= coordinate; j++) {
            double entry = columns[j][coordinate];
            variance += variances[j] * entry * entry;
        }
        return Math.sqrt(variance);
    }

    /** The ratio of the extreme pivots, a lower bound of the condition number. */
    @Override
    public double condition() {
        double least = Double.POSITIVE_INFINITY;
        double greatest = 0;
        for (int i = 0; i < dimension; i++) {
            least = Math.min(least, variances[i]);
            greatest = Math.max(greatest, variances[i]);
        }
        return greatest / least;
    }

    @Override
    public void update(double keep, List<Weighted> terms) {
        for (int i = 0; i < rows; i++) {
            variances[i] *= keep;
        }
        double[] weights = cut(keep, terms);
        double[][] rests = padded(terms.stream().map(Weighted::step).toList());
        for (int j = 0; j < rows; j += WIDTH) {
            for (int term = 0; term < weights.length; term++) {
                weights[term] = addToPanel(j, weights[term], rests[term]);
            }
        }
    }

    /**
     * The weights, with negative ones limited. Without a term the matrix is at least the old one times what is left, so the
     * term's step is no longer than its old length over the root of that. The positive terms come first and only leave more.
     */
    private static double[] cut(double keep, List<Weighted> terms) {
        double[] weights = terms.stream().mapToDouble(Weighted::weight).toArray();
        double left = keep;
        for (int term = 0; term < weights.length; term++) {
            if (weights[term] < 0) {
                double square = terms.get(term).squaredLength() / left;
                weights[term] = -Math.min(-weights[term], MAX_CUT / square);
                left *= 1 + weights[term] * square;
            }
        }
        return weights;
    }

    /**
     * Adds weight·rest·restᵀ to a panel.
     *
     * @param rest the part of the step left by earlier panels; receives what this one leaves
     * @return the part of the weight left by this and earlier panels
     */
    private double addToPanel(int j, double weight, double[] rest) {
        double left = weight;
        for (int k = j; k < j + WIDTH; k++) {
            double pivot = rest[k];
            double before = variances[k];
            double after = before + left * pivot * pivot;
            addMultiple(-pivot, columns[k], rest, k + 1);
            addMultiple(left * pivot / after, rest, columns[k], k + 1);
            left *= before / after;
            variances[k] = after;
        }
        return left;
    }

    /** Writes to one array per loop: with two, the compiler does not vectorise. */
    private static void addMultiple(double factor, double[] vector, double[] sum, int from) {
        for (int i = from; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }

    @Override
    public double learningSpeed() {
        return 1;
    }
}
