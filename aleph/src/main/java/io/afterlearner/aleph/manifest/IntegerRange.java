package io.afterlearner.aleph.manifest;

import io.afterlearner.aleph.Tensor.ElementType;

/** Which integers an element type holds. A double carries integers exactly to 2^53, so INT64 ends there. */
final class IntegerRange {
    private IntegerRange() {}

    static boolean isInteger(ElementType type) {
        return switch (type) {
            case INT8, UINT8, INT32, INT64 -> true;
            case FLOAT, DOUBLE, BOOL -> false;
        };
    }

    static double least(ElementType type) {
        return switch (type) {
            case INT8 -> Byte.MIN_VALUE;
            case UINT8 -> 0;
            case INT32 -> Integer.MIN_VALUE;
            case INT64 -> -0x1p53;
            case FLOAT, DOUBLE, BOOL -> throw new IllegalArgumentException(type.name());
        };
    }

    static double greatest(ElementType type) {
        return switch (type) {
            case INT8 -> Byte.MAX_VALUE;
            case UINT8 -> 255;
            case INT32 -> Integer.MAX_VALUE;
            case INT64 -> 0x1p53;
            case FLOAT, DOUBLE, BOOL -> throw new IllegalArgumentException(type.name());
        };
    }

    static boolean holds(ElementType type, double value) {
        return value >= least(type) && value <= greatest(type);
    }
}
