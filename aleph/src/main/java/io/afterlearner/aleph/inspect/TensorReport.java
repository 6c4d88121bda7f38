package io.afterlearner.aleph.inspect;

import io.afterlearner.aleph.manifest.Kind;
import org.jspecify.annotations.Nullable;

/**
 * One tensor of a model, and whether a study can move it.
 *
 * @param name as a manifest would name it
 * @param kind where its values come from
 * @param type ONNX element type, such as FLOAT
 * @param shape dimensions; -1 if dynamic, which only an input can be
 * @param elements number of elements; -1 if dynamic
 * @param frozenShare fraction of nodes, 0 to 1, that would run once per example instead of once per candidate if this tensor were ℵ
 * @param users nodes that read it
 * @param refusal why it cannot be ℵ, and how to change that; null if it can
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
