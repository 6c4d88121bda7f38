package io.afterlearner.aleph.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.afterlearner.aleph.AlephException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A shipped ONNX model: read once, checked, never changed. Tensors that lie in files beside it are read along; they must lie in the
 * model's directory. With them a model has at most 2 GB, and at most half of the JVM's heap.
 */
public final class Model {
    /** Most bytes of a model, external data included: a protobuf message cannot have more. */
    public static final long MAX_BYTES = Integer.MAX_VALUE - 1024;

    private final Path file;
    private final byte[] bytes;
    private final String sha256;
    private final ModelProto shipped;
    private final ModelProto whole;
    private final Graph graph;

    private Model(Path file, byte[] bytes, ModelProto shipped, ModelProto whole) {
        this.file = file;
        this.bytes = bytes;
        this.sha256 = sha256(bytes);
        this.shipped = shipped;
        this.whole = whole;
        this.graph = Graph.of(whole.getGraph());
    }

    /**
     * Reads and checks a model.
     *
     * @throws AlephException where it is no ONNX model, damaged, too large or uses what is not supported; one line with the mend
     */
    public static Model read(Path file) {
        try {
            byte[] bytes = bytes(file);
            ModelProto shipped = parse(bytes);
            checkWhole(shipped);
            Room room = new Room(bytes.length);
            Path directory = directory(file);
            GraphProto graph = EveryTensor.map(shipped.getGraph(), (t, what) -> resolved(t, what, directory, room));
            ModelProto whole = shipped.toBuilder().setGraph(graph).build();
            return new Model(file, bytes, shipped, whole);
        } catch (AlephException e) {
            throw new AlephException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    /** A file's bytes, where it is there and has no more than a model may have. */
    public static byte[] readBytes(Path file) {
        try {
            return bytes(file);
        } catch (AlephException e) {
            throw new AlephException(file.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            if (!Files.isRegularFile(file)) throw new AlephException("no such file: name an ONNX model that is there");
            new Room(Files.size(file));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new AlephException("cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path directory(Path file) {
        return file.toAbsolutePath().resolveSibling(".");
    }

    private static ModelProto parse(byte[] bytes) {
        try {
            var input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            input.enableAliasing(true);
            return ModelProto.parseFrom(input);
        } catch (InvalidProtocolBufferException e) {
            throw new AlephException("not an ONNX model, or cut short: copy or export it again", e);
        } catch (IOException e) {
            throw new AlephException("cannot be read: " + e.getMessage(), e);
        }
    }

    private static void checkWhole(ModelProto model) {
        if (!model.hasGraph() || !model.hasIrVersion() || model.getOpsetImportCount() == 0)
            throw new AlephException("not an ONNX model, or cut short: copy or export it again");
        if (model.getFunctionsCount() > 0)
            throw new AlephException(
                    "has local functions such as '" + model.getFunctions(0).getName()
                            + "', which are not supported: inline them (onnx.inliner.inline_local_functions)");
    }

    private static TensorProto resolved(TensorProto t, String what, Path directory, Room room) {
        if (!ExternalData.isExternal(t)) {
            TensorCodec.check(t, what);
            return t;
        }
        ExternalData data = ExternalData.of(t, directory, what);
        room.take(data.length());
        return TensorCodec.withRaw(t, data.read(directory, what));
    }

    /** Keeps what is read within what a model, and this JVM, may hold. */
    private static final class Room {
        private long taken;

        Room(long bytes) {
            take(bytes);
        }

        void take(long bytes) {
            taken += bytes;
            if (taken > MAX_BYTES)
                throw new AlephException("over 2 GB, which is not supported: retrofit a smaller part of it");
            if (taken > Runtime.getRuntime().maxMemory() / 2)
                throw new AlephException(
                        "has " + (taken >> 20) + " MB or more, over half of the Java heap: raise -Xmx");
        }
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The file it was read from. */
    public Path file() {
        return file;
    }

    /** SHA-256 of the file's bytes (external data not included), lower-case hex. */
    public String sha256() {
        return sha256;
    }

    /** The file's bytes, read-only. */
    public ByteBuffer bytes() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** What must be fed: graph inputs without a default, in the file's order. */
    public List<ValueInfo> inputs() {
        return graph.inputs().values().stream().map(ValueInfo::of).toList();
    }

    /** Graph outputs, in the file's order. */
    public List<ValueInfo> outputs() {
        return graph.outputs().stream().map(ValueInfo::of).toList();
    }

    /** Where external data may lie. */
    public Path directory() {
        return directory(file);
    }

    public byte[] shippedBytes() {
        return bytes;
    }

    /** As the file has it: external data are references. */
    ModelProto shipped() {
        return shipped;
    }

    /** With external data read in. */
    public ModelProto whole() {
        return whole;
    }

    public Graph graph() {
        return graph;
    }
}
