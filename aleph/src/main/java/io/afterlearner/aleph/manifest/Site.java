package io.afterlearner.aleph.manifest;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.aleph.graph.Types;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of the model that could be ℵ, or the reason why it cannot.
 *
 * @param name initializer, graph input, or output of a Constant node
 * @param kind which of the three
 * @param code ONNX element type code
 * @param shape dimensions; -1 if dynamic, which only an input can be
 * @param shipped its values; null for an input
 * @param refusal why it cannot be ℵ, and how to change that; null if it can
 */
public record Site(
        String name,
        Kind kind,
        int code,
        long[] shape,
        @Nullable TensorProto shipped,
        @Nullable String refusal) {

    Site refused(String reason) {
        return refusal != null ? this : new Site(name, kind, code, shape, shipped, reason);
    }

    /** Number of elements; -1 if dynamic, at most Long.MAX_VALUE. */
    public long elements() {
        long elements = 1;
        for (long dim : shape) {
            if (dim < 0) return -1;
            elements =
                    dim == 0 || elements == 0 ? 0 : elements > Long.MAX_VALUE / dim ? Long.MAX_VALUE : elements * dim;
        }
        return elements;
    }

    /** Its type; only for a site that was not rejected. */
    public ElementType type() {
        ElementType type = Types.elementType(code);
        if (type == null)
            throw new AlephException("tensor '" + name + "' is " + Types.name(code) + ", which cannot be ℵ");
        return type;
    }
}
