package io.afterlearner.aleph;

import static io.afterlearner.aleph.ModelBuilder.graph;
import static io.afterlearner.aleph.ModelBuilder.integer;
import static io.afterlearner.aleph.ModelBuilder.ints;
import static io.afterlearner.aleph.ModelBuilder.number;
import static io.afterlearner.aleph.ModelBuilder.tensor;

import ai.onnx.proto.OnnxMl.TensorProto;
import io.afterlearner.aleph.Tensor.ElementType;
import java.nio.file.Path;

/** Small models of the shapes that retrofitted models come in. */
public final class TestModels {
    private TestModels() {}

    /** Input x [?, 3, 8, 8]; (x - mean) / std, convolution, BatchNorm, pooling, fully connected; output y [?, 4]. */
    public static ModelBuilder convolution() {
        return new ModelBuilder(1)
                .input("x", -1, 3, 8, 8)
                .output("y", -1, 4)
                .weights("mean", 3, 1, 1)
                .positive("std", 3, 1, 1)
                .weights("conv.w", 6, 3, 3, 3)
                .weights("bn.scale", 6)
                .weights("bn.bias", 6)
                .weights("bn.mean", 6)
                .positive("bn.var", 6)
                .weights("fc.w", 4, 6)
                .weights("fc.b", 4)
                .node("Sub", "x mean", "centred")
                .node("Div", "centred std", "normal")
                .node("Conv", "normal conv.w", "conv", ints("kernel_shape", 3, 3), ints("pads", 1, 1, 1, 1))
                .node("BatchNormalization", "conv bn.scale bn.bias bn.mean bn.var", "bn")
                .node("Relu", "bn", "relu")
                .node("GlobalAveragePool", "relu", "pool")
                .node("Flatten", "pool", "flat")
                .node("Gemm", "flat fc.w fc.b", "y", integer("transB", 1));
    }

    /** Input x [?, 5, 8]; one attention block with a residual, layer norm, and a Constant temperature; output y [?, 5, 3]. */
    public static ModelBuilder transformer() {
        return new ModelBuilder(2)
                .input("x", -1, 5, 8)
                .output("y", -1, 5, 3)
                .weights("wq", 8, 8)
                .weights("wk", 8, 8)
                .weights("wv", 8, 8)
                .positive("ln.scale", 8)
                .weights("ln.bias", 8)
                .weights("head.w", 8, 3)
                .weights("head.b", 3)
                .node("Constant", "", "temperature", number("value_float", 0.35f))
                .node("MatMul", "x wq", "q")
                .node("MatMul", "x wk", "k")
                .node("MatMul", "x wv", "v")
                .node("Transpose", "k", "kt", ints("perm", 0, 2, 1))
                .node("MatMul", "q kt", "scores")
                .node("Mul", "scores temperature", "scaled")
                .node("Softmax", "scaled", "attention", integer("axis", -1))
                .node("MatMul", "attention v", "mixed")
                .node("Add", "mixed x", "residual")
                .node("LayerNormalization", "residual ln.scale ln.bias", "ln", integer("axis", -1))
                .node("MatMul", "ln head.w", "logits")
                .node("Add", "logits head.b", "y");
    }

    /** Input x [4]; an If and a Loop whose bodies capture the weights then.w, else.w and step; output y [4], z [4]. */
    public static ModelBuilder subgraphs() {
        ModelBuilder then = new ModelBuilder(0).output("then.out", 4).node("Mul", "hidden then.w", "then.out");
        ModelBuilder otherwise = new ModelBuilder(0).output("else.out", 4).node("Add", "hidden else.w", "else.out");
        ModelBuilder body = new ModelBuilder(0)
                .input("i", ElementType.INT64)
                .input("go", ElementType.BOOL)
                .input("state", 4)
                .output("again", ElementType.BOOL)
                .output("next", 4)
                .node("Identity", "go", "again")
                .node("Add", "state step", "next");
        return new ModelBuilder(3)
                .input("x", 4)
                .output("y", 4)
                .output("z", 4)
                .weights("first.w", 4)
                .weights("then.w", 4)
                .weights("else.w", 4)
                .weights("step", 4)
                .longs("trips", 3)
                .constant("zero", new float[] {0}, 1)
                .node("Constant", "", "true", tensor("value", bool(true)))
                .node("Mul", "x first.w", "hidden")
                .node("ReduceSum", "x", "sum", integer("keepdims", 0))
                .node("Squeeze", "zero", "zero0")
                .node("Greater", "sum zero0", "positive")
                .node("If", "positive", "y", graph("then_branch", then), graph("else_branch", otherwise))
                .node("Squeeze", "trips", "trips0")
                .node("Loop", "trips0 true hidden", "z", graph("body", body));
    }

    /** Input x [6, 4]; a Scan whose body captures gain; output y [6, 4], last [4]. */
    public static ModelBuilder scan() {
        ModelBuilder body = new ModelBuilder(0)
                .input("sum.in", 4)
                .input("row", 4)
                .output("sum.out", 4)
                .output("seen", 4)
                .node("Mul", "row gain", "weighted")
                .node("Add", "sum.in weighted", "sum.out")
                .node("Identity", "sum.out", "seen");
        return new ModelBuilder(4)
                .input("x", 6, 4)
                .output("y", 6, 4)
                .output("last", 4)
                .weights("gain", 4)
                .weights("start", 4)
                .node("Tanh", "x", "hidden")
                .node("Scan", "start hidden", "last y", graph("body", body), integer("num_scan_inputs", 1));
    }

    /** Input x [?, 4]; embedding and head share the weights w; output y [?, 4]. */
    public static ModelBuilder shared() {
        return new ModelBuilder(5)
                .input("x", -1, 4)
                .output("y", -1, 4)
                .weights("w", 4, 4)
                .node("MatMul", "x w", "embedded")
                .node("Tanh", "embedded", "hidden")
                .node("Gemm", "hidden w", "y", integer("transB", 1));
    }

    /** Input x [?, 4]; weights in the file weights.bin beside the model; output y [?, 2]. */
    public static ModelBuilder external(Path directory) {
        return new ModelBuilder(6)
                .input("x", -1, 4)
                .output("y", -1, 2)
                .external("w", "weights.bin", directory, 64, 4, 2)
                .weights("b", 2)
                .node("MatMul", "x w", "product")
                .node("Add", "product b", "y");
    }

    /** Input x [?, 4, 1]; an If squeezes it, so that its output has no declared rank; output y [?, 2]. */
    public static ModelBuilder unranked() {
        ModelBuilder then = new ModelBuilder(0).output("flat", -1, 4).node("Squeeze", "x last", "flat");
        ModelBuilder otherwise = new ModelBuilder(0).output("same", -1, 4, 1).node("Identity", "x", "same");
        return new ModelBuilder(8)
                .input("x", -1, 4, 1)
                .output("y", -1, 2)
                .longs("last", 2)
                .longs("one", 1)
                .weights("w", 4, 2)
                .weights("b", 2)
                .node("Shape", "x", "shape")
                .node("Gather", "shape last", "size")
                .node("Equal", "size one", "is1")
                .node("If", "is1", "h", graph("then_branch", then), graph("else_branch", otherwise))
                .node("MatMul", "h w", "product")
                .node("Add", "product b", "z")
                .node("Softmax", "z", "y", integer("axis", 1));
    }

    /** Input x [?, 4]; the frontier has a true scalar, which a node needs to be one; output y [?, 4]. */
    public static ModelBuilder scalar() {
        return new ModelBuilder(9)
                .input("x", -1, 4)
                .output("y", -1, 4)
                .weights("b", 4)
                .node("ReduceSum", "x", "sum", integer("keepdims", 0))
                .node("Add", "x b", "moved")
                .node("Mul", "moved sum", "y");
    }

    /** Inputs x [?, 4] and gain [1]; output y [?, 4]. */
    public static ModelBuilder gain() {
        return new ModelBuilder(7)
                .input("x", -1, 4)
                .input("gain", 1)
                .output("y", -1, 4)
                .node("Tanh", "x", "hidden")
                .node("Mul", "hidden gain", "y");
    }

    private static TensorProto bool(boolean value) {
        return TensorProto.newBuilder()
                .setDataType(TensorProto.DataType.BOOL_VALUE)
                .addInt32Data(value ? 1 : 0)
                .build();
    }
}
