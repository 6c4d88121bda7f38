package io.afterlearner.aleph.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a manifest, as its author wrote it: which tensor is ℵ, and how.
 *
 * @param tensor name of an initializer, a graph input or a Constant node's output
 * @param slice NumPy basic slice such as {@code 0:10,:}; null for the whole tensor
 * @param axis the channel axis of the (sliced) tensor; used if per is CHANNEL
 * @param low least parameter value; negative infinity if unbounded
 * @param high greatest parameter value; positive infinity if unbounded
 * @param step first step size in parameter units (log units if log); NaN lets the optimizer choose
 * @param choices option values if the parameter is a choice; otherwise empty
 * @param ordered whether the choices are ordered
 * @param initial ℵ₀ in parameter units (an index for choices): one value, or one per parameter. Required for a graph input,
 *     for which the model ships no value; otherwise empty, or equal to the shipped value
 */
public record AlephEntry(
        String tensor,
        @Nullable String slice,
        Transform transform,
        Granularity per,
        int axis,
        double low,
        double high,
        boolean log,
        boolean integer,
        double step,
        List<Double> choices,
        boolean ordered,
        List<Double> initial) {

    /** An entry without bounds, scale or choices: the transform decides how a parameter acts. */
    public static AlephEntry of(String tensor, Transform transform, Granularity per) {
        return new AlephEntry(
                tensor,
                null,
                transform,
                per,
                0,
                Double.NEGATIVE_INFINITY,
                Double.POSITIVE_INFINITY,
                false,
                false,
                Double.NaN,
                List.of(),
                true,
                List.of());
    }

    /** How a parameter p acts on a shipped value v: p, v + p, or v·p. */
    public enum Transform {
        VALUE,
        SHIFT,
        SCALE
    }

    /** What shares one parameter. */
    public enum Granularity {
        ELEMENT,
        CHANNEL,
        TENSOR
    }
}
