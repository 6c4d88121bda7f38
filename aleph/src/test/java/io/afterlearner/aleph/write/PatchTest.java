package io.afterlearner.aleph.write;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.UnknownFieldSet;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Case;
import io.afterlearner.aleph.Claims;
import io.afterlearner.aleph.Data;
import io.afterlearner.aleph.Entry;
import io.afterlearner.aleph.ModelBuilder;
import io.afterlearner.aleph.TestModels;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PatchTest {
    private static final long SEED = 11;

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @MethodSource("io.afterlearner.aleph.Case#all")
    void applyEqualsRetrofitAndUndoRestoresTheBaseExactly(Case c) throws IOException {
        Model model = c.model(directory);
        Aleph aleph = Aleph.bind(model, List.of(c.aleph()));
        double[] values = Data.near(aleph, new Random(SEED), 0.5);
        assertGoesThereAndBack(model, aleph, values);
    }

    private void assertGoesThereAndBack(Model model, Aleph aleph, double[] values) throws IOException {
        Path written = directory.resolve("written.onnx");
        Path file = directory.resolve("model.patch");
        Path applied = directory.resolve("applied.onnx");
        Path undone = directory.resolve("undone.onnx");
        String sha256 = Retrofit.write(model, aleph, values, written);
        Patch.of(model, aleph, values).write(file);
        Patch patch = Patch.read(file);
        assertEquals(sha256, patch.result());
        patch.apply(model.file(), applied);
        assertArrayEquals(Files.readAllBytes(written), Files.readAllBytes(applied));
        patch.undo(written, undone);
        assertArrayEquals(Files.readAllBytes(model.file()), Files.readAllBytes(undone));
        assertArrayEquals(
                values,
                patch.changes().stream()
                        .flatMapToDouble(change -> Arrays.stream(change.becomes()))
                        .toArray());
    }

    @Test
    void aFileInAnUnusualOrderIsRestoredExactly() throws IOException {
        ModelProto proto = TestModels.convolution().proto().build();
        byte[] graph =
                ModelProto.newBuilder().setGraph(proto.getGraph()).build().toByteArray();
        byte[] rest = proto.toBuilder()
                .clearGraph()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                77,
                                UnknownFieldSet.Field.newBuilder().addVarint(5).build())
                        .build())
                .build()
                .toByteArray();
        Model model = Model.read(ModelBuilder.write(directory.resolve("odd.onnx"), Wire.join(graph, rest)));
        Aleph aleph = Aleph.bind(model, List.of(Entry.shift("mean"), Entry.scale("fc.w")));
        assertGoesThereAndBack(model, aleph, Data.near(aleph, new Random(SEED), 0.5));
    }

    @Test
    void atAleph0TheFileIsTheShippedFile() throws IOException {
        Model model = Model.read(TestModels.convolution().write(directory.resolve("m.onnx")));
        Aleph aleph = Aleph.bind(model, List.of(Entry.shift("mean"), Entry.scale("conv.w")));
        assertEquals(model.sha256(), Retrofit.write(model, aleph, aleph.initial(), directory.resolve("out.onnx")));
    }

    @Test
    void aPatchIsMuchSmallerThanTheModelAndListsTheParameters() throws IOException {
        Model model = Model.read(TestModels.convolution().write(directory.resolve("m.onnx")));
        Aleph aleph = Aleph.bind(model, List.of(Entry.shift("mean")));
        Path file = directory.resolve("m.patch");
        Patch.of(model, aleph, new double[] {1, 2, 3}).write(file);
        assertTrue(Files.size(file) < 500);
        assertTrue(Files.readString(file).contains("aleph mean 0.0,0.0,0.0 1.0,2.0,3.0"));
    }

    @Test
    void anotherBaseIsRejected() {
        Model model = Model.read(TestModels.convolution().write(directory.resolve("m.onnx")));
        Aleph aleph = Aleph.bind(model, List.of(Entry.shift("mean")));
        Patch patch = Patch.of(model, aleph, new double[] {1, 2, 3});
        Path other = TestModels.shared().write(directory.resolve("other.onnx"));
        Path out = directory.resolve("out.onnx");
        Claims.refused(() -> patch.apply(other, out), "other.onnx has SHA-256");
        Claims.refused(() -> patch.undo(model.file(), out), "m.onnx has SHA-256");
        assertTrue(Files.notExists(out));
    }

    @Test
    void changedExternalDataIsRejected() {
        Model model = Model.read(TestModels.external(directory).write(directory.resolve("m.onnx")));
        Patch patch = Patch.of(model, Aleph.bind(model, List.of(Entry.shift("b"))), new double[] {1, 2});
        ModelBuilder.write(directory.resolve("weights.bin"), new byte[64 + 32]);
        Claims.refused(() -> patch.apply(model.file(), directory.resolve("out.onnx")), "wrong digest");
    }

    @Test
    void aDamagedPatchIsRejected() throws IOException {
        Model model = Model.read(TestModels.external(directory).write(directory.resolve("m.onnx")));
        Aleph aleph = Aleph.bind(model, List.of(Entry.shift("b")));
        Path file = directory.resolve("m.patch");
        Patch.of(model, aleph, new double[] {1, 2}).write(file);
        byte[] good = Files.readAllBytes(file);
        Random random = new Random(SEED);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            if (i < 100) bad = Arrays.copyOf(good, random.nextInt(good.length));
            else bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(7));
            ModelBuilder.write(file, bad);
            try {
                Patch.read(file).apply(model.file(), directory.resolve("out.onnx"));
                // What is for people only can change unnoticed; what the machine does cannot.
                assertTrue(new String(bad, StandardCharsets.UTF_8).contains("aleph"), "seed " + SEED);
            } catch (AlephException e) {
                Claims.isOneLine(e);
            }
        }
        ModelBuilder.write(file, Arrays.copyOf(good, good.length - 3));
        assertThrows(AlephException.class, () -> Patch.read(file));
        Files.writeString(file, new String(good, StandardCharsets.UTF_8).replace("1.0,2.0", "1.0,two"));
        Claims.refused(
                () -> Patch.read(file), "line 4 cannot be read: For input string: \"two\"; copy the patch again");
        Files.write(file, new byte[] {(byte) 0xff});
        Claims.refused(() -> Patch.read(file), "m.patch: not a patch");
        Files.delete(file);
        Claims.refused(() -> Patch.read(file), "m.patch: cannot be read: no such file;");
    }
}
