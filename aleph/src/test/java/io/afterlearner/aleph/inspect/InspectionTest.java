package io.afterlearner.aleph.inspect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import io.afterlearner.aleph.ModelBuilder;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.TestModels;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.inspect.Inspection.TensorReport;
import io.afterlearner.aleph.manifest.Site.Kind;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
    @TempDir
    Path directory = Path.of("");

    private Map<String, TensorReport> inspect(ModelBuilder model) {
        return Inspection.of(Model.read(model.write(directory.resolve("m.onnx")))).stream()
                .collect(Collectors.toMap(TensorReport::name, Function.identity()));
    }

    @Test
    void aTensorReadLaterFreezesMore() {
        Map<String, TensorReport> reports = inspect(TestModels.convolution());
        assertEquals(0, report(reports, "mean").frozenShare());
        assertEquals(7 / 8., report(reports, "fc.w").frozenShare());
        assertEquals(24, report(reports, "fc.w").elements());
        assertArrayEquals(new long[] {4, 6}, report(reports, "fc.w").shape());
        assertEquals("FLOAT", report(reports, "fc.w").type());
    }

    @Test
    void everyKindIsListedAndARejectedTensorHasAReason() {
        Map<String, TensorReport> transformer = inspect(TestModels.transformer());
        assertEquals(Kind.CONSTANT, report(transformer, "temperature").kind());
        assertNull(report(transformer, "temperature").refusal());
        assertEquals(-1, report(transformer, "x").elements());
        assertNotNull(report(transformer, "x").refusal());
        assertNull(report(inspect(TestModels.gain()), "gain").refusal());
        assertEquals(2, report(inspect(TestModels.shared()), "w").users());
    }

    @Test
    void aModelWithoutAnythingToMoveHasOneSentenceThatSaysWhy() {
        ModelBuilder trees = new ModelBuilder(1).input("x", -1, 3).output("y", -1, 1);
        trees.graph.addNode(ModelBuilder.nodeProto("TreeEnsembleRegressor", "x", "y").toBuilder()
                .setDomain("ai.onnx.ml"));
        assertEquals(
                "none of the model's tensors can be ℵ: the numbers of its ai.onnx.ml operators"
                        + " (TreeEnsembleRegressor) are attributes, and only tensors can be ℵ; export the model with its"
                        + " weights as float32 initializers",
                String.valueOf(nothing(trees)));
        ModelBuilder quantised = new ModelBuilder(1)
                .input("x", -1, 3)
                .output("y", -1, 3)
                .weights("scale")
                .weights("zero")
                .node("DequantizeLinear", "x scale zero", "y");
        assertEquals(
                "none of the model's tensors can be ℵ: 'scale' and 1 other: belongs to the quantised operator"
                        + " DequantizeLinear; retrofit the model before it is quantised",
                String.valueOf(nothing(quantised)));
        ModelBuilder half =
                new ModelBuilder(1).input("x", -1, 3).output("y", -1, 3).node("Add", "x w", "y");
        half.graph.addInitializer(TensorProto.newBuilder()
                .setName("w")
                .setDataType(TensorProto.DataType.FLOAT16_VALUE)
                .addDims(3)
                .setRawData(ByteString.copyFrom(new byte[6])));
        assertEquals(
                "none of the model's tensors can be ℵ: 'w' is FLOAT16, which cannot be ℵ; export the model with float32"
                        + " weights",
                String.valueOf(nothing(half)));
        assertNull(nothing(TestModels.convolution()));
    }

    private @Nullable Refusal nothing(ModelBuilder model) {
        return Inspection.nothing(Model.read(model.write(directory.resolve("nothing.onnx"))));
    }

    private static TensorReport report(Map<String, TensorReport> reports, String name) {
        TensorReport report = reports.get(name);
        if (report == null) throw new AssertionError(name + " is not listed");
        return report;
    }
}
