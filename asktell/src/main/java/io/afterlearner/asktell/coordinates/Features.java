package io.afterlearner.asktell.coordinates;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import io.afterlearner.asktell.math.Generator;
import java.util.List;

/**
 * The coordinates in which a model measures distances, one per parameter: numbers as in {@link Latent}, but scaled so that 1 is
 * a sixth of the range if they are bounded on both sides; for an unordered choice, the index of the option.
 */
public final class Features {

    private final List<Parameter> parameters;
    private final List<Latent> latents;
    private final double[] units;
    private final boolean[] option;
    private final double[] lows;
    private final double[] highs;
    private final Quantiles quantiles;

    public Features(Space space) {
        parameters = space.parameters();
        latents = parameters.stream()
                .map(parameter -> new Latent(new Space(List.of(parameter))))
                .toList();
        units = new double[parameters.size()];
        option = new boolean[units.length];
        lows = new double[units.length];
        highs = new double[units.length];
        quantiles = new Quantiles(space);
        for (int i = 0; i < units.length; i++) {
            option[i] = parameters.get(i) instanceof Parameter.Choice choice && !choice.ordered();
            Latent.Bounds bounds = latents.get(i).bounds();
            double sixth = (bounds.highs()[0] - bounds.lows()[0]) / 6;
            units[i] = Double.isInfinite(sixth) || sixth == 0 ? 1 : sixth;
            lows[i] = option[i] ? 0 : bounds.lows()[0] / units[i];
            highs[i] = option[i] ? Double.POSITIVE_INFINITY : bounds.highs()[0] / units[i];
        }
    }

    public int dimension() {
        return units.length;
    }

    /** Whether a coordinate is an option of an unordered choice. */
    public boolean[] option() {
        return option;
    }

    public double[] lows() {
        return lows;
    }

    public double[] highs() {
        return highs;
    }

    public double[] of(double[] point) {
        double[] features = point.clone();
        for (int i = 0; i < features.length; i++) {
            if (!option[i]) {
                features[i] = latents.get(i).encode(new double[] {point[i]})[0] / units[i];
            }
        }
        return features;
    }

    /** The point with these features: clamped to the bounds, whole numbers rounded. */
    public double[] point(double[] features) {
        double[] point = features.clone();
        for (int i = 0; i < point.length; i++) {
            if (!option[i]) {
                double clamped = Math.min(Math.max(features[i], lows[i]), highs[i]);
                point[i] = latents.get(i).decode(new double[] {clamped * units[i]})[0];
            }
        }
        return point;
    }

    /** A random value of a parameter before anything is known, as a feature. */
    public double drawn(int parameter, Generator random) {
        double value = quantiles.value(parameter, Math.max(random.uniform(), 0x1p-54));
        return option[parameter] ? value : latents.get(parameter).encode(new double[] {value})[0] / units[parameter];
    }

    /** The number of options of the parameter; 0 for a number. */
    public int options(int parameter) {
        return option[parameter] ? ((Parameter.Choice) parameters.get(parameter)).options() : 0;
    }

    /** How far a feature must move before a whole number changes; 0 for a real parameter. */
    public double granularity(int parameter, double[] features) {
        if (option[parameter]) {
            return 0;
        }
        double[] at = {features[parameter] * units[parameter]};
        return latents.get(parameter).leastDeviation(at)[0] / units[parameter];
    }
}
