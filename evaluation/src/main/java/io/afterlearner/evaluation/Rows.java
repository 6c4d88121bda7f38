package io.afterlearner.evaluation;

import io.afterlearner.aleph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Rows of a tensor, one for each example. */
final class Rows {
    private Rows() {}

    /** Some rows, without copying; copies of the last one follow if there are fewer than {@code batch}. */
    static Tensor view(Tensor array, int from, int rows, int batch) {
        int rowBytes = Math.toIntExact(array.data().capacity() / array.shape()[0]);
        ByteBuffer view = array.data().slice(from * rowBytes, rows * rowBytes).order(ByteOrder.nativeOrder());
        long[] shape = array.shape().clone();
        shape[0] = batch;
        return new Tensor(array.type(), shape, rows == batch ? view : padded(view, rowBytes, batch));
    }

    private static ByteBuffer padded(ByteBuffer view, int rowBytes, int batch) {
        ByteBuffer all = ByteBuffer.allocateDirect(Math.multiplyExact(rowBytes, batch))
                .order(ByteOrder.nativeOrder())
                .put(view.duplicate());
        ByteBuffer last = view.slice(view.capacity() - rowBytes, rowBytes);
        while (all.hasRemaining()) {
            all.put(last.duplicate());
        }
        return all.flip();
    }

    /**
     * Reads one row as doubles, or as much of it as {@code into} takes.
     *
     * @param into is filled completely
     */
    static void read(Tensor tensor, int row, double[] into) {
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
