package io.afterlearner.benchmarks.quality;

/** Products of vectors and of rows. */
final class Products {
    private Products() {}

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    static double[] of(double[][] rows, double[] x) {
        double[] products = new double[rows.length];
        for (int i = 0; i < rows.length; i++) {
            products[i] = dot(rows[i], x);
        }
        return products;
    }
}
