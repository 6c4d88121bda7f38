package io.afterlearner.evaluation;

import io.afterlearner.aleph.Tensor;
import java.nio.ByteBuffer;

/** Rows of a tensor as doubles, whatever its type. */
final class Elements {
    private Elements() {}

    /**
     * Reads one row, or as much of one as {@code into} takes.
     *
     * @param into filled whole
     */
    static void row(Tensor tensor, int row, double[] into) {
        int at = row * into.length;
        ByteBuffer data = tensor.data();
        switch (tensor.type()) {
            case FLOAT -> {
                for (int i = 0; i < into.length; i++) into[i] = data.getFloat((at + i) * Float.BYTES);
            }
            case DOUBLE -> {
                for (int i = 0; i < into.length; i++) into[i] = data.getDouble((at + i) * Double.BYTES);
            }
            case INT32 -> {
                for (int i = 0; i < into.length; i++) into[i] = data.getInt((at + i) * Integer.BYTES);
            }
            case INT64 -> {
                for (int i = 0; i < into.length; i++) into[i] = data.getLong((at + i) * Long.BYTES);
            }
            case INT8, BOOL -> {
                for (int i = 0; i < into.length; i++) into[i] = data.get(at + i);
            }
            case UINT8 -> {
                for (int i = 0; i < into.length; i++) into[i] = Byte.toUnsignedInt(data.get(at + i));
            }
        }
    }

    static boolean anyNaN(double[] values) {
        for (double value : values) {
            if (Double.isNaN(value)) {
                return true;
            }
        }
        return false;
    }
}
