package io.afterlearner.aleph.manifest;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.aleph.graph.Types;
import org.jspecify.annotations.Nullable;

/**
 * A tensor of the model, and why it cannot be ℵ if it cannot.
 *
 * @param name initializer, graph input, or output of a Constant node
 * @param kind which of the three
 * @param code ONNX element type code
 * @param shape dimensions; -1 if dynamic, which only an input can be
 * @param shipped its values; null for an input
 * @param refusal why it cannot be ℵ, without its name; null if it can
 */
public record Site(
        String name,
        Kind kind,
        int code,
        long[] shape,
        @Nullable TensorProto shipped,
        @Nullable Refusal refusal) {

    /** Where the values of a tensor come from. */
    public enum Kind {
        /** Stored in the graph. */
        INITIALIZER,
        /** Fed by the caller. */
        INPUT,
        /** Made by a Constant node. */
        CONSTANT
    }

    static Site of(String name, Kind kind, TensorProto t, @Nullable Refusal refusal) {
        long[] shape = t.getDimsList().stream().mapToLong(Long::longValue).toArray();
        return new Site(name, kind, t.getDataType(), shape, t, refusal);
    }

    Site refused(String problem, String fix) {
        return refusal != null ? this : new Site(name, kind, code, shape, shipped, new Refusal(problem, fix));
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

    /** Its type; only for a site without a refusal. */
    public ElementType type() {
        ElementType type = Types.elementType(code);
        if (type == null)
            throw new AlephException(
                    "tensor '" + name + "' is " + Types.name(code) + ", which cannot be ℵ", "choose a float32 tensor");
        return type;
    }
}
