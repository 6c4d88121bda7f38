package io.afterlearner.asktell.quadratic;

import io.afterlearner.asktell.math.Vectors;

/** A quadratic function of the step s away from its centre, zero at the centre: gᵀs + ½ sᵀHs. */
record QuadraticModel(double[] gradient, double[][] hessian) {

    static QuadraticModel flat(int dimension) {
        return new QuadraticModel(new double[dimension], new double[dimension][dimension]);
    }

    int dimension() {
        return gradient.length;
    }

    double at(double[] step) {
        double value = 0;
        for (int i = 0; i < step.length; i++) {
            value += step[i] * (gradient[i] + 0.5 * Vectors.dot(hessian[i], step));
        }
        return value;
    }

    double[] slope(double[] step) {
        double[] slope = gradient.clone();
        for (int i = 0; i < slope.length; i++) {
            slope[i] += Vectors.dot(hessian[i], step);
        }
        return slope;
    }

    /** Returns the same function around another centre. */
    QuadraticModel centredAt(double[] step) {
        return new QuadraticModel(slope(step), hessian);
    }
}
