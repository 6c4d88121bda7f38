package io.afterlearner.aleph.inspect;

import io.afterlearner.aleph.manifest.Kind;
import org.jspecify.annotations.Nullable;

/**
 * What a study could do with one tensor.
 *
 * @param name as a manifest would name it
 * @param kind where its values come from
 * @param type ONNX element type, such as FLOAT
 * @param shape dimensions; -1 where dynamic, which only an input's can be
 * @param elements number of elements; -1 where dynamic
 * @param frozenShare share of the graph's work that would run once per example instead of once per candidate were this tensor ℵ, 0 to 1
 * @param users nodes that read it
 * @param refusal why it cannot be ℵ, with the mend; null where it can
 */
public record TensorReport(
        String name,
        Kind kind,
        String type,
        long[] shape,
        long elements,
        double frozenShare,
        int users,
        @Nullable String refusal) {}
