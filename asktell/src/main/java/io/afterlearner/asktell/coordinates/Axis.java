package io.afterlearner.asktell.coordinates;

import io.afterlearner.asktell.Parameter;

/** The {@link Latent} coordinates of one parameter. */
sealed interface Axis permits ScaledAxis, OneHotAxis {

    int width();

    void encode(double value, double[] coordinates, int at);

    double decode(double[] coordinates, int at);

    /** Whether the decoded value moves in jumps: a whole number with room to move, or an option. */
    boolean jumps();

    /** How far each coordinate must move from here before the decoded value jumps; leaves alone what does not jump. */
    void granularity(double[] coordinates, double[] thresholds, int at);

    /** Between which coordinates nothing is reflected. */
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
