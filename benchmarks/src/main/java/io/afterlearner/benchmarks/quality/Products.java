package io.afterlearner.benchmarks.quality;

/** The product of two vectors. */
final class Products {
    private Products() {}

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }
}
