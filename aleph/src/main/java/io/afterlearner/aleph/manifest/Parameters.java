package io.afterlearner.aleph.manifest;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.manifest.AlephEntry.Granularity;
import io.afterlearner.aleph.manifest.AlephEntry.Transform;
import java.nio.ByteBuffer;

/**
 * One bound entry: its parameters and the elements they act on.
 *
 * @param entry what the author wrote
 * @param slice the elements it acts on
 * @param shape of the array of parameters
 * @param inner consecutive elements that share a parameter, if per is CHANNEL
 * @param offset of its first parameter in a candidate
 * @param initial ℵ₀ in parameter units
 * @param shipped the whole tensor as shipped
 */
record Parameters(AlephEntry entry, Slice slice, int[] shape, int inner, int offset, double[] initial, Tensor shipped) {

    int elements() {
        int[] elements = slice.elements();
        return elements == null ? shipped.elements() : elements.length;
    }

    /** Position in the whole tensor of the k-th element it acts on. */
    int element(int k) {
        int[] elements = slice.elements();
        return elements == null ? k : elements[k];
    }

    /** Which parameter of the group acts on the k-th element. */
    int share(int k) {
        return switch (entry.per()) {
            case ELEMENT -> k;
            case CHANNEL -> k / inner % initial.length;
            case TENSOR -> 0;
        };
    }

    static int inner(Granularity per, int axis, int[] sliced) {
        int inner = 1;
        if (per == Granularity.CHANNEL) for (int d = axis + 1; d < sliced.length; d++) inner *= sliced[d];
        return inner;
    }

    void checkFinite(double[] values) {
        for (int i = 0; i < initial.length; i++)
            if (!Double.isFinite(values[offset + i]))
                throw new AlephException(name(i) + " is " + values[offset + i], "give a finite number");
    }

    /** Names the group's i-th parameter by its place in a candidate. */
    private String name(int i) {
        return "values[" + (offset + i) + "], for tensor '" + entry.tensor() + "',";
    }

    void fill(double[] values, ByteBuffer target) {
        double[] acting = acting(values);
        int elements = elements();
        for (int k = 0; k < elements; k++) {
            int share = share(k);
            int element = element(k);
            // At ℵ₀ the bits are copied: arithmetic could lose the sign of a zero or the payload of a NaN.
            if (values[offset + share] == initial[share]) copy(element, target);
            else put(element, acting[share], target);
        }
    }

    /** The parameters' values, with each choice's index replaced by its value. */
    private double[] acting(double[] values) {
        double[] acting = new double[initial.length];
        for (int i = 0; i < acting.length; i++) {
            double value = values[offset + i];
            acting[i] = entry.choices().isEmpty() ? value : choice(i, value);
        }
        return acting;
    }

    private double choice(int i, double index) {
        if (index != Math.rint(index) || index < 0 || index >= entry.choices().size())
            throw new AlephException(
                    name(i) + " has the choice index " + index,
                    "give a whole number from 0 to " + (entry.choices().size() - 1));
        return entry.choices().get((int) index);
    }

    private void copy(int element, ByteBuffer target) {
        ByteBuffer from = shipped.data();
        switch (shipped.type().bytes()) {
            case 8 -> target.putLong(element * 8, from.getLong(element * 8));
            case 4 -> target.putInt(element * 4, from.getInt(element * 4));
            default -> target.put(element, from.get(element));
        }
    }

    private void put(int element, double parameter, ByteBuffer target) {
        switch (shipped.type()) {
            case FLOAT ->
                target.putFloat(element * 4, (float) moved(shipped.data().getFloat(element * 4), parameter));
            case DOUBLE -> target.putDouble(element * 8, moved(shipped.data().getDouble(element * 8), parameter));
            case INT64 -> target.putLong(element * 8, integer(parameter));
            case INT32 -> target.putInt(element * 4, (int) integer(parameter));
            case INT8, UINT8 -> target.put(element, (byte) integer(parameter));
            case BOOL -> throw new IllegalStateException("bound a BOOL");
        }
    }

    private double moved(double value, double parameter) {
        return switch (entry.transform()) {
            case VALUE -> parameter;
            case SHIFT -> value + parameter;
            case SCALE -> value * parameter;
        };
    }

    private long integer(double parameter) {
        if (parameter != Math.rint(parameter) || !shipped.type().holds(parameter))
            throw new AlephException(
                    "tensor '" + entry.tensor() + "' of " + shipped.type() + " cannot hold " + parameter,
                    "give a whole number that it can hold");
        return (long) parameter;
    }

    double shipped(int k) {
        return shipped.at(element(k));
    }

    boolean isValue() {
        return entry.transform() == Transform.VALUE;
    }

    boolean isInteger() {
        return entry.integer() || (entry.choices().isEmpty() && shipped.type().isInteger());
    }
}
