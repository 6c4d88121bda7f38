package io.afterlearner.aleph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A dense tensor.
 *
 * @param type ONNX element type, by its ONNX name
 * @param shape no negative dimension; empty is a scalar
 * @param data direct, native byte order, position 0, exactly the elements row-major; read-only by convention
 */
public record Tensor(ElementType type, long[] shape, ByteBuffer data) {

    /** Element types of data and of ℵ. */
    public enum ElementType {
        FLOAT(4),
        DOUBLE(8),
        INT8(1, Byte.MIN_VALUE, Byte.MAX_VALUE),
        UINT8(1, 0, 255),
        INT32(4, Integer.MIN_VALUE, Integer.MAX_VALUE),
        /** A double has all integers up to 2^53, so the range of parameters ends there. */
        INT64(8, -0x1p53, 0x1p53),
        BOOL(1);

        private final int bytes;
        private final double least;
        private final double greatest;

        ElementType(int bytes) {
            this(bytes, Double.NaN, Double.NaN);
        }

        ElementType(int bytes, double least, double greatest) {
            this.bytes = bytes;
            this.least = least;
            this.greatest = greatest;
        }

        /** Size of an element in bytes. */
        public int bytes() {
            return bytes;
        }

        public boolean isInteger() {
            return least < greatest;
        }

        /** Whether the value is within the range of this integer type. */
        public boolean holds(double value) {
            return value >= least && value <= greatest;
        }
    }

    public int elements() {
        return data.capacity() / type.bytes();
    }

    /**
     * Some rows along the first dimension, as a view; copies of the last one follow if there are fewer than {@code padded}.
     *
     * @param count at least 1
     */
    public Tensor rows(int from, int count, int padded) {
        int rowBytes = Math.toIntExact(data.capacity() / shape[0]);
        ByteBuffer rows = data.slice(from * rowBytes, count * rowBytes).order(ByteOrder.nativeOrder());
        long[] rowsShape = shape.clone();
        rowsShape[0] = padded;
        if (count == padded) return new Tensor(type, rowsShape, rows);
        ByteBuffer all = ByteBuffer.allocateDirect(Math.multiplyExact(rowBytes, padded))
                .order(ByteOrder.nativeOrder())
                .put(rows.duplicate());
        ByteBuffer last = rows.slice(rows.capacity() - rowBytes, rowBytes);
        while (all.hasRemaining()) all.put(last.duplicate());
        return new Tensor(type, rowsShape, all.flip());
    }

    /** The same elements in memory of their own. */
    public Tensor copy() {
        ByteBuffer copy = ByteBuffer.allocateDirect(data.capacity()).order(ByteOrder.nativeOrder());
        copy.put(data.duplicate().rewind());
        return new Tensor(type, shape, copy.flip());
    }

    /** The same elements with this axis in front; the others keep their order. */
    public Tensor toFront(int axis) {
        return axis == 0 ? this : new Tensor(type, moved(axis, 0), exchanged(count(0, axis), shape[axis], axis + 1));
    }

    /** Undoes {@link #toFront}. */
    public Tensor fromFront(int axis) {
        return axis == 0 ? this : new Tensor(type, moved(0, axis), exchanged(shape[0], count(1, axis + 1), axis + 1));
    }

    private long count(int from, int to) {
        return Arrays.stream(shape, from, to).reduce(1, (a, b) -> a * b);
    }

    private long[] moved(int from, int to) {
        List<Long> dims = new ArrayList<>(Arrays.stream(shape).boxed().toList());
        dims.add(to, dims.remove(from));
        return dims.stream().mapToLong(Long::longValue).toArray();
    }

    /** Exchanges two neighbouring blocks of dimensions, of {@code first} and {@code second} elements; those from {@code rest} on stay. */
    private ByteBuffer exchanged(long first, long second, int rest) {
        int block = Math.toIntExact(count(rest, shape.length)) * type.bytes();
        ByteBuffer exchanged = ByteBuffer.allocateDirect(data.capacity()).order(ByteOrder.nativeOrder());
        for (int b = 0; b < second; b++)
            for (int a = 0; a < first; a++) {
                int from = (int) ((a * second + b) * block);
                exchanged.put(data.slice(from, block));
            }
        return exchanged.flip();
    }

    /** One element as a double. */
    public double at(int element) {
        double[] value = new double[1];
        read(element, value);
        return value[0];
    }

    /**
     * Reads elements as doubles.
     *
     * @param from first element
     * @param into is filled completely
     */
    public void read(int from, double[] into) {
        switch (type) {
            case FLOAT -> {
                for (int i = 0; i < into.length; i++) into[i] = data.getFloat((from + i) * Float.BYTES);
            }
            case DOUBLE -> {
                for (int i = 0; i < into.length; i++) into[i] = data.getDouble((from + i) * Double.BYTES);
            }
            case INT32 -> {
                for (int i = 0; i < into.length; i++) into[i] = data.getInt((from + i) * Integer.BYTES);
            }
            case INT64 -> {
                for (int i = 0; i < into.length; i++) into[i] = data.getLong((from + i) * Long.BYTES);
            }
            case INT8, BOOL -> {
                for (int i = 0; i < into.length; i++) into[i] = data.get(from + i);
            }
            case UINT8 -> {
                for (int i = 0; i < into.length; i++) into[i] = Byte.toUnsignedInt(data.get(from + i));
            }
        }
    }
}
