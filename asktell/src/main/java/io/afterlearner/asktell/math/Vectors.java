package io.afterlearner.asktell.math;

/** Sums over arrays in a fixed order, so that results are reproducible. */
public final class Vectors {

    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final long OTHER_SPREAD = 0xD1342543DE82EF95L;

    private Vectors() {}

    /** Keeps four partial sums, which a processor adds at once; the order is fixed. */
    public static double dot(double[] one, double[] other) {
        double a = 0;
        double b = 0;
        double c = 0;
        double d = 0;
        int i = 0;
        for (; i + 3 < one.length; i += 4) {
            a += one[i] * other[i];
            b += one[i + 1] * other[i + 1];
            c += one[i + 2] * other[i + 2];
            d += one[i + 3] * other[i + 3];
        }
        for (; i < one.length; i++) {
            a += one[i] * other[i];
        }
        return (a + b) + (c + d);
    }

    public static double norm(double[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    public static double distance(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (one[i] - other[i]) * (one[i] - other[i]);
        }
        return Math.sqrt(sum);
    }

    /**
     * A hash: equal for equal points, rarely equal for others. Comparing points in full would take long, because children of
     * one parent share most values.
     */
    public static long fingerprint(double[] vector) {
        long a = 1;
        long b = 2;
        long c = 3;
        long d = 4;
        int i = 0;
        // Four independent polynomials; odd factors separate all points that differ in one value.
        for (; i + 3 < vector.length; i += 4) {
            a = a * SPREAD + folded(vector[i]);
            b = b * SPREAD + folded(vector[i + 1]);
            c = c * SPREAD + folded(vector[i + 2]);
            d = d * SPREAD + folded(vector[i + 3]);
        }
        for (; i < vector.length; i++) {
            a = a * SPREAD + folded(vector[i]);
        }
        return ((a * OTHER_SPREAD + b) * OTHER_SPREAD + c) * OTHER_SPREAD + d;
    }

    /** Small whole numbers differ in their upper bits only, so mix these in. */
    private static long folded(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return bits ^ (bits >>> 32);
    }

    /** Replaces moves, in units of the step, by the points they lead to. */
    public static void moveFrom(double[] start, double step, double[] moves) {
        for (int i = 0; i < moves.length; i++) {
            moves[i] = start[i] + step * moves[i];
        }
    }

    public static void addMultiple(double factor, double[] vector, double[] sum) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * vector[i];
        }
    }

    /** Replaces a sum by {@code keep} times itself plus {@code factor} times a vector. */
    public static void blend(double keep, double[] sum, double factor, double[] vector) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] = keep * sum[i] + factor * vector[i];
        }
    }

    public static double[] minus(double[] one, double[] other) {
        return plus(one, other, -1);
    }

    public static double[] plus(double[] one, double[] other, double factor) {
        double[] sum = one.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += factor * other[i];
        }
        return sum;
    }
}
