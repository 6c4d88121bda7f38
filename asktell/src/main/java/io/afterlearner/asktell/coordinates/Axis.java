package io.afterlearner.asktell.coordinates;

import io.afterlearner.asktell.Parameter;

/** The {@link Latent} coordinates of one parameter. */
sealed interface Axis permits ScaledAxis, OneHotAxis {

    int width();

    void encode(double value, double[] coordinates, int at);

    double decode(double[] coordinates, int at);

    /** Whether the decoded value jumps: a choice, or a whole number with more than one value. */
    boolean jumps();

    /** Sets how far each coordinate must move before the decoded value jumps; leaves continuous coordinates alone. */
    void granularity(double[] coordinates, double[] thresholds, int at);

    /** Sets the range of coordinates that decode without reflection. */
    void bounds(double[] lows, double[] highs, int at);

    static Axis of(Parameter parameter) {
        if (parameter instanceof Parameter.Real real) {
            return new ScaledAxis(real.low(), real.high(), real.log(), false, real.initial(), real.step());
        }
        if (parameter instanceof Parameter.Int whole) {
            return new ScaledAxis(whole.low(), whole.high(), whole.log(), true, whole.initial(), whole.step());
        }
        Parameter.Choice choice = (Parameter.Choice) parameter;
        return choice.ordered()
                ? new ScaledAxis(0, choice.options() - 1, false, true, choice.initial(), Double.NaN)
                : new OneHotAxis(choice.options(), (int) choice.initial());
    }
}
