package io.afterlearner.aleph.graph;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.SparseTensorProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Claims;
import io.afterlearner.aleph.Entry;
import io.afterlearner.aleph.ModelBuilder;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.TestModels;
import io.afterlearner.aleph.inspect.Inspection;
import io.afterlearner.aleph.inspect.Inspection.TensorReport;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.write.Patch;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
    private static final long SEED = 4;

    @TempDir
    Path directory = Path.of("");

    @Test
    void inputsAndOutputsAreWhatTheFileDeclares() {
        Model model = Model.read(TestModels.convolution().write(directory.resolve("m.onnx")));
        ValueInfo x = model.inputs().get(0);
        assertEquals("x", x.name());
        assertEquals("FLOAT", x.type());
        assertArrayEquals(new long[] {-1, 3, 8, 8}, x.shape());
        assertEquals(List.of("y"), model.outputs().stream().map(ValueInfo::name).toList());
        assertEquals(64, model.sha256().length());
    }

    @Test
    void aFileThatIsNotAnOnnxModelIsRejected() {
        for (String text : List.of("", "hello", "PK\u0003\u0004", "{\"a\": 1}\n"))
            assertRefused(text.getBytes(StandardCharsets.UTF_8), "not an ONNX model");
        Claims.refused(() -> Model.read(directory.resolve("none.onnx")), "none.onnx", "no such file");
        Claims.refused(() -> Model.read(directory), "a folder");
        assertEquals("access denied", Refusal.reason(new AccessDeniedException("/a")));
        assertEquals("Is a directory", Refusal.reason(new FileSystemException("/a", null, "Is a directory")));
    }

    @Test
    void aBillionDeclaredElementsAreRejectedBeforeAllocation() {
        ModelBuilder model = TestModels.shared();
        model.graph.addInitializer(TensorProto.newBuilder()
                .setName("huge")
                .setDataType(DataType.FLOAT_VALUE)
                .addDims(1_000_000_000)
                .setRawData(ByteString.copyFrom(new byte[8])));
        assertRefused(model, "tensor 'huge'", "declares 1000000000 elements");
        model.graph.getInitializerBuilder(1).addDims(Long.MAX_VALUE);
        assertRefused(model, "tensor 'huge'", "more elements than can exist");
    }

    @Test
    void aModelOver2GbIsRejectedWithoutReadingIt() throws IOException {
        Path file = directory.resolve("big.onnx");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength(3L << 30);
        }
        Claims.refused(() -> Model.read(file), "big.onnx", "over 2 GB");
        Files.delete(file);
    }

    @Test
    void functionsAndSparseTensorsAreRejected() {
        Path file = directory.resolve("m.onnx");
        ModelBuilder.write(
                file,
                TestModels.shared()
                        .proto()
                        .addFunctions(FunctionProto.newBuilder().setName("Gelu"))
                        .build()
                        .toByteArray());
        Claims.refused(() -> Model.read(file), "local functions such as 'Gelu'");
        ModelBuilder sparse = TestModels.shared();
        sparse.graph.addSparseInitializer(SparseTensorProto.getDefaultInstance());
        assertRefused(sparse, "sparse");
    }

    @Test
    void inconsistentGraphsAreRejected() {
        assertRefused(
                TestModels.shared().node("Add", "nowhere x", "other"),
                "reads 'nowhere', which nothing in the graph defines");
        assertRefused(TestModels.shared().node("Tanh", "x", "hidden"), "'hidden' is defined twice");
        assertRefused(TestModels.shared().node("Add", "b x", "a").node("Tanh", "a", "b"), "depends on itself");
        assertRefused(TestModels.shared().output("nothing"), "nothing in the graph defines the output 'nothing'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../weights.bin", "/etc/hostname", "a/../../weights.bin", "", "link.bin", "missing.bin", "a\0b"})
    void dataOutsideTheModelsDirectoryIsRejected(String location) throws IOException {
        Path inner = Files.createDirectory(directory.resolve("model"));
        ModelBuilder.write(directory.resolve("weights.bin"), new byte[64]);
        Files.createSymbolicLink(inner.resolve("link.bin"), directory.resolve("weights.bin"));
        ModelBuilder model = TestModels.shared();
        model.graph.addInitializer(TensorProto.newBuilder()
                .setName("outside")
                .setDataType(DataType.FLOAT_VALUE)
                .addDims(2)
                .setDataLocation(DataLocation.EXTERNAL)
                .addExternalData(ModelBuilder.entry("location", location)));
        Path file = model.write(inner.resolve("m.onnx"));
        Claims.refused(() -> Model.read(file), "tensor 'outside'");
    }

    @Test
    void truncatedExternalDataIsRejected() {
        Path file = TestModels.external(directory).write(directory.resolve("m.onnx"));
        ModelBuilder.write(directory.resolve("weights.bin"), new byte[64 + 31]);
        Claims.refused(() -> Model.read(file), "tensor 'w'", "weights.bin, which has 95");
    }

    @Test
    void nodesOutOfOrderAreSorted() {
        ModelBuilder model = TestModels.shared();
        var first = model.graph.getNode(0);
        model.graph.removeNode(0).addNode(first);
        Model read = Model.read(model.write(directory.resolve("m.onnx")));
        assertEquals("embedded", read.graph().nodes().get(0).getOutput(0));
    }

    @Test
    void aDamagedModelIsRejectedOrRead() {
        Random random = new Random(SEED);
        for (ModelBuilder builder : List.of(
                TestModels.convolution(),
                TestModels.transformer(),
                TestModels.subgraphs(),
                TestModels.external(directory))) {
            byte[] good = builder.proto().build().toByteArray();
            Stream.generate(() -> damaged(good, random)).limit(500).forEach(this::readOrRefuse);
        }
    }

    private static byte[] damaged(byte[] good, Random random) {
        if (random.nextInt(3) == 0) return Arrays.copyOf(good, random.nextInt(good.length));
        byte[] bad = good.clone();
        for (int flips = 1 + random.nextInt(3); flips > 0; flips--)
            bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
        return bad;
    }

    private void readOrRefuse(byte[] bytes) {
        Path file = ModelBuilder.write(directory.resolve("fuzz.onnx"), bytes);
        try {
            Model model = Model.read(file);
            for (TensorReport report : Inspection.of(model)) bind(model, report.name());
        } catch (AlephException e) {
            Claims.isOneLine(e);
        } catch (RuntimeException e) {
            throw new AssertionError("seed " + SEED, e);
        }
    }

    private static void bind(Model model, String name) {
        try {
            Aleph aleph = Aleph.bind(model, List.of(Entry.shift(name)));
            double[] values = aleph.initial();
            Arrays.fill(values, 0.5);
            Patch.of(model, aleph, values);
        } catch (AlephException e) {
            Claims.isOneLine(e);
        }
    }

    private void assertRefused(ModelBuilder model, String... saying) {
        Path file = model.write(directory.resolve("m.onnx"));
        Claims.refused(() -> Model.read(file), saying);
    }

    private void assertRefused(byte[] bytes, String saying) {
        Path file = ModelBuilder.write(directory.resolve("m.onnx"), bytes);
        Claims.refused(() -> Model.read(file), "m.onnx", saying);
    }
}
