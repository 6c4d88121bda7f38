package io.afterlearner.aleph;

import java.nio.ByteBuffer;

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
        INT8(1),
        UINT8(1),
        INT32(4),
        INT64(8),
        BOOL(1);

        private final int bytes;

        ElementType(int bytes) {
            this.bytes = bytes;
        }

        /** Size of an element in bytes. */
        public int bytes() {
            return bytes;
        }
    }
}
