package io.afterlearner.asktell.quadratic;

/**
 * The radius within which a model is trusted.
 *
 * @param value the radius
 * @param resolution the least radius until the model calls for a smaller one (Powell's rho)
 */
record TrustRadius(double value, double resolution) {

    static final double MIN_RADIUS = 1e-9;
    private static final double MAX_RADIUS = 1e6;

    static final TrustRadius FIRST = new TrustRadius(1, 1);

    TrustRadius afterFailure() {
        double next = Math.max(value / 2, MIN_RADIUS);
        return new TrustRadius(next, Math.min(resolution, next));
    }

    /**
     * @param ratio the actual gain over the predicted gain
     * @param length of the step
     */
    TrustRadius after(double ratio, double length) {
        double next;
        if (ratio >= 0.7) {
            next = Math.max(value, 2 * length);
        } else if (ratio >= 0.1) {
            next = Math.max(value / 2, Math.min(value, length));
        } else {
            next = Math.min(value, length) / 2;
        }
        return new TrustRadius(Math.min(Math.max(next, resolution), MAX_RADIUS), resolution);
    }

    TrustRadius refined() {
        double finer = resolution / 5;
        return new TrustRadius(Math.max(value / 2, finer), finer);
    }
}
