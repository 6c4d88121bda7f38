package io.afterlearner.aleph.manifest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Claims;
import io.afterlearner.aleph.Data;
import io.afterlearner.aleph.Entry;
import io.afterlearner.aleph.ModelBuilder;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.inspect.Inspection;
import io.afterlearner.aleph.manifest.AlephEntry.Granularity;
import io.afterlearner.aleph.manifest.AlephEntry.Transform;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlephTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    @TempDir
    Path directory = Path.of("");

    /** w [2, 3] holds 1..6; odd [3] holds -0, a NaN with a payload, and a subnormal; count [2] holds the integers 3 and 5. */
    private Model model() {
        ModelBuilder builder = new ModelBuilder(0)
                .input("x", 1, 2)
                .output("y", 1, 3)
                .constant("w", new float[] {1, 2, 3, 4, 5, 6}, 2, 3)
                .constant("odd", new float[] {-0f, Float.intBitsToFloat(0x7fc12345), Float.MIN_VALUE}, 3)
                .longs("count", 3, 5)
                .node("MatMul", "x w", "product")
                .node("Add", "product odd", "y");
        builder.graph.addInitializer(TensorProto.newBuilder()
                .setName("half")
                .setDataType(DataType.FLOAT16_VALUE)
                .addDims(1)
                .setRawData(ByteString.copyFrom(new byte[2])));
        builder.graph.addInitializer(TensorProto.newBuilder()
                .setName("q")
                .setDataType(DataType.INT8_VALUE)
                .addDims(1)
                .setRawData(ByteString.copyFrom(new byte[1])));
        builder.constant("qs", new float[] {1}).node("DequantizeLinear", "q qs", "dq");
        return Model.read(builder.write(directory.resolve("m.onnx")));
    }

    @Test
    void eachTransformActsOnWhatItsGranularityShares() {
        assertMoves(
                entry("w", null, Transform.SHIFT, Granularity.TENSOR, 0), new double[] {10}, 11, 12, 13, 14, 15, 16);
        assertMoves(
                entry("w", null, Transform.SCALE, Granularity.CHANNEL, 0), new double[] {2, 3}, 2, 4, 6, 12, 15, 18);
        assertMoves(
                entry("w", null, Transform.SCALE, Granularity.CHANNEL, 1), new double[] {2, 3, 1}, 2, 6, 3, 8, 15, 6);
        assertMoves(
                entry("w", "1,::2", Transform.VALUE, Granularity.ELEMENT, 0), new double[] {7, 8}, 1, 2, 3, 7, 5, 8);
        assertMoves(entry("w", "...,-1", Transform.SHIFT, Granularity.TENSOR, 0), new double[] {1}, 1, 2, 4, 4, 5, 7);
        assertMoves(
                entry("w", ":,1:", Transform.SHIFT, Granularity.CHANNEL, 1),
                new double[] {10, 20},
                1,
                12,
                23,
                4,
                15,
                26);
    }

    private void assertMoves(AlephEntry entry, double[] values, float... wanted) {
        Aleph aleph = Aleph.bind(model(), List.of(entry));
        ByteBuffer data = aleph.tensors(values).get("w").data();
        float[] got = new float[6];
        data.asFloatBuffer().get(got);
        assertArrayEquals(wanted, got);
    }

    @Test
    void atAleph0EveryBitIsAsShipped() {
        Aleph aleph = Aleph.bind(
                model(), List.of(Entry.shift("odd"), AlephEntry.of("w", Transform.VALUE, Granularity.ELEMENT)));
        Tensor odd = aleph.tensors(aleph.initial()).get("odd");
        int[] bits = {odd.data().getInt(0), odd.data().getInt(4), odd.data().getInt(8)};
        assertArrayEquals(new int[] {0x80000000, 0x7fc12345, 1}, bits);
        assertArrayEquals(new double[] {0, 0, 0, 1, 2, 3, 4, 5, 6}, aleph.initial());
        assertArrayEquals(new int[] {2, 3}, aleph.groups().get(1).shape());
    }

    @Test
    void fillingABufferOverwritesThePreviousCandidate() {
        Aleph aleph = Aleph.bind(model(), List.of(Entry.shift("w")));
        var tensors = aleph.tensors(new double[] {9, 9, 9, 9, 9, 9});
        aleph.fill(aleph.initial(), tensors);
        assertEquals(Data.bits(aleph.tensors(aleph.initial())), Data.bits(tensors));
    }

    @Test
    void integersAndChoicesAcceptOnlyTheirValues() {
        Aleph counts = Aleph.bind(model(), List.of(bounds("count", Transform.VALUE, 0, 9, false)));
        assertEquals(true, counts.groups().get(0).integer());
        assertEquals(7, counts.tensors(new double[] {7, 5}).get("count").data().getLong(0));
        Claims.refused(() -> counts.tensors(new double[] {7.5, 5}), "'count'", "7.5");
        Aleph choice = Aleph.bind(model(), List.of(choices("w", "0,0", 0.5, 1.0, 2.0)));
        assertArrayEquals(new double[] {1}, choice.initial());
        assertEquals(2f, choice.tensors(new double[] {2}).get("w").data().getFloat(0));
        Claims.refused(
                () -> choice.tensors(new double[] {3}),
                "values[0], for tensor 'w', has the choice index 3.0; give a whole number from 0 to 2");
        assertRefused(choices("w", "0,0", 0.5, 2.0), "without its shipped value 1.0; add it to choices");
        assertRefused(
                bounds("count", Transform.SHIFT, -1, 1, false), "cannot be shifted or scaled; use transform: value");
    }

    @Test
    void anUnknownTensorIsRejectedWithTheNearestName() {
        assertRefused(Entry.shift("ood"), "no tensor 'ood' in m.onnx; did you mean odd?");
    }

    @Test
    void entriesThatDoNotFitAreRejected() {
        assertRefused(bounds("w", Transform.SHIFT, 0.5, 1, false), "outside the range [0.5, 1.0]");
        assertRefused(
                bounds("w", Transform.VALUE, 0, 5, false),
                "tensor 'w' has the shipped value 6.0, outside the range [0.0, 5.0]; widen the range to include it");
        for (double high : new double[] {1, 2, Double.NaN}) {
            assertRefused(
                    bounds("w", Transform.SCALE, 2, high, false), "give two different numbers, the lower one first");
        }
        assertRefused(bounds("w", Transform.SCALE, Double.NaN, 1, false), "range [NaN, 1.0]");
        assertRefused(bounds("w", Transform.SCALE, 0, 2, true), "log");
        assertRefused(bounds("w", Transform.SHIFT, -INF, INF, true), "log with shift");
        assertRefused(entry("odd", null, Transform.VALUE, Granularity.ELEMENT, 0), "NaN");
        assertRefused(entry("w", null, Transform.VALUE, Granularity.TENSOR, 0), "different shipped values");
        assertRefused(entry("w", null, Transform.SHIFT, Granularity.CHANNEL, 2), "channel axis 2 but shape [2, 3]");
        for (String slice :
                List.of("0:3", "2", "0,0,0", "a", "1:1", "::0", "::-1", "0:1:1:1", ",", "..., ...", "99999999999"))
            assertRefused(entry("w", slice, Transform.SHIFT, Granularity.ELEMENT, 0), "slice");
        assertRefused(Entry.shift("half"), "FLOAT16", "float32");
        assertRefused(bounds("q", Transform.VALUE, -1, 1, false), "quantised operator DequantizeLinear");
        assertRefused(Entry.shift("x"), "graph input");
        Claims.refused(() -> Aleph.bind(model(), List.of()), "names no tensor");
        Claims.refused(
                () -> Aleph.bind(
                        model(), List.of(Entry.shift("w"), entry("w", "0,0", Transform.SCALE, Granularity.ELEMENT, 0))),
                "element 0 in two entries");
    }

    @Test
    void anErrorCarriesTheEntryAndTheFieldToCorrect() {
        assertField("tensor", Entry.shift("ood"));
        assertField("range", bounds("w", Transform.SHIFT, 0.5, 1, false));
        assertField("log", bounds("w", Transform.SHIFT, -INF, INF, true));
        assertField("choices", choices("w", "0,0", 0.5, 2.0));
        assertField("axis", entry("w", null, Transform.SHIFT, Granularity.CHANNEL, 2));
        assertField("slice", entry("w", "0:3", Transform.SHIFT, Granularity.ELEMENT, 0));
        assertField("per", entry("w", null, Transform.VALUE, Granularity.TENSOR, 0));
        assertField("slice", entry("odd", "0", Transform.SHIFT, Granularity.ELEMENT, 0));
    }

    private void assertField(String name, AlephEntry wrong) {
        List<AlephEntry> entries = List.of(entry("odd", "0", Transform.SHIFT, Granularity.ELEMENT, 0), wrong);
        AlephException e = assertThrows(AlephException.class, () -> Aleph.bind(model(), entries));
        assertEquals(Optional.of(new AlephException.Field(1, name)), e.field(), e.getMessage());
    }

    @Test
    void candidatesThatDoNotFitAreRejected() {
        Aleph aleph = Aleph.bind(model(), List.of(Entry.shift("odd")));
        Claims.refused(() -> aleph.tensors(new double[] {1, 2}), "2 values, but the study has 3");
        Claims.refused(() -> aleph.tensors(new double[] {1, 2, Double.NaN}), "values[2], for tensor 'odd', is NaN");
    }

    @Test
    void tooManyParametersAreRejected() {
        ModelBuilder big = new ModelBuilder(0)
                .input("x", 1, 400)
                .output("y", 1, 400)
                .weights("w", 400, 400)
                .node("MatMul", "x w", "y");
        Model model = Model.read(big.write(directory.resolve("big.onnx")));
        Claims.refused(() -> Aleph.bind(model, List.of(Entry.shift("w"))), "160000 parameters, over the limit");
        assertEquals(
                400,
                Aleph.bind(model, List.of(AlephEntry.of("w", Transform.SHIFT, Granularity.CHANNEL)))
                        .size());
    }

    @Test
    void anInputTooLargeToBeAlephIsRejected() {
        for (long dim : new long[] {200_000, 1L << 40, Long.MAX_VALUE}) {
            ModelBuilder big = new ModelBuilder(0)
                    .input("x", dim, dim)
                    .output("y", dim, dim)
                    .node("Tanh", "x", "y");
            Model model = Model.read(big.write(directory.resolve("big.onnx")));
            Inspection.of(model);
            Claims.refused(() -> Aleph.bind(model, List.of(Entry.input("x", 1))), "over the limit");
        }
    }

    private void assertRefused(AlephEntry entry, String... saying) {
        Claims.refused(() -> Aleph.bind(model(), List.of(entry)), saying);
    }

    static AlephEntry entry(String tensor, @Nullable String slice, Transform transform, Granularity per, int axis) {
        return new AlephEntry(
                tensor, slice, transform, per, axis, -INF, INF, false, false, Double.NaN, List.of(), true, List.of());
    }

    static AlephEntry bounds(String tensor, Transform transform, double low, double high, boolean log) {
        return new AlephEntry(
                tensor,
                null,
                transform,
                Granularity.ELEMENT,
                0,
                low,
                high,
                log,
                false,
                Double.NaN,
                List.of(),
                true,
                List.of());
    }

    static AlephEntry choices(String tensor, String slice, Double... choices) {
        return new AlephEntry(
                tensor,
                slice,
                Transform.VALUE,
                Granularity.ELEMENT,
                0,
                -INF,
                INF,
                false,
                false,
                Double.NaN,
                List.of(choices),
                true,
                List.of());
    }
}
