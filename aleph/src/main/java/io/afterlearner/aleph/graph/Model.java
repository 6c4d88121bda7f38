package io.afterlearner.aleph.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A shipped ONNX model: read once, checked, never changed. External data is read too; it must be in the model's directory. A model
 * has at most 2 GB including external data, and at most half of the JVM's heap.
 */
public final class Model {
    /** Maximum size of a model in bytes, including external data: the limit of a protobuf message. */
    public static final long MAX_BYTES = Integer.MAX_VALUE - 1024;

    private final Path file;
    private final byte[] bytes;
    private final String sha256;
    private final ModelProto whole;
    private final Graph graph;

    private Model(Path file, byte[] bytes, ModelProto whole) {
        this.file = file;
        this.bytes = bytes;
        this.sha256 = sha256(bytes);
        this.whole = whole;
        this.graph = Graph.of(whole.getGraph());
    }

    /**
     * Reads and checks a model.
     *
     * @throws AlephException if it is not an ONNX model, is damaged or too large, or uses something that is not supported
     */
    public static Model read(Path file) {
        byte[] bytes = readBytes(file);
        try {
            ModelProto shipped = parse(bytes);
            Room room = new Room(bytes.length);
            Path directory = directory(file);
            GraphProto graph = EveryTensor.map(shipped.getGraph(), (t, what) -> resolved(t, what, directory, room));
            return new Model(file, bytes, shipped.toBuilder().setGraph(graph).build());
        } catch (AlephException e) {
            throw e.in(file.getFileName());
        }
    }

    /**
     * The files beside a model that it reads tensors from, as it names them: relative to its directory, in order.
     *
     * @throws AlephException if it is not an ONNX model, or a file lies outside the model's directory
     */
    public static SortedSet<String> externalData(Path file) {
        SortedSet<String> locations = new TreeSet<>();
        try {
            EveryTensor.map(parse(readBytes(file)).getGraph(), (t, what) -> {
                if (ExternalData.isExternal(t)) locations.add(ExternalData.location(t, what));
                return t;
            });
            return locations;
        } catch (AlephException e) {
            throw e.in(file.getFileName());
        }
    }

    /** The bytes of a file that is not larger than a model may be. */
    public static byte[] readBytes(Path file) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file))
                throw new AlephException("a folder or device, not a file", "give the path of an ONNX model");
            long size = Files.size(file);
            new Room(size);
            try (InputStream in = Files.newInputStream(file)) {
                return read(in, (int) size);
            }
        } catch (IOException e) {
            throw new AlephException(
                    file.getFileName() + ": cannot be read: " + Refusal.reason(e), "check its path and permissions", e);
        } catch (AlephException e) {
            throw e.in(file.getFileName());
        }
    }

    private static byte[] read(InputStream in, int size) throws IOException {
        byte[] bytes = new byte[size];
        if (Pieces.read(in, bytes) < size || in.read() >= 0)
            throw new AlephException("changed its size while it was read", "wait until it is written, and try again");
        return bytes;
    }

    private static Path directory(Path file) {
        return file.toAbsolutePath().resolveSibling(".");
    }

    private static ModelProto parse(byte[] bytes) {
        ModelProto model;
        try {
            CodedInputStream input = UnsafeByteOperations.unsafeWrap(bytes).newCodedInput();
            input.enableAliasing(true);
            model = ModelProto.parseFrom(input);
        } catch (IOException e) {
            throw new AlephException("not an ONNX model, or truncated", "copy or export it again", e);
        }
        if (!model.hasGraph() || !model.hasIrVersion() || model.getOpsetImportCount() == 0)
            throw new AlephException("not an ONNX model, or truncated", "copy or export it again");
        if (model.getFunctionsCount() > 0)
            throw new AlephException(
                    "has local functions such as '" + model.getFunctions(0).getName() + "', which are not supported",
                    "inline them with onnx.inliner.inline_local_functions");
        return model;
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

    /** Limits what is read to the size of a model and to half of the heap. */
    private static final class Room {
        private long taken;

        Room(long bytes) {
            take(bytes);
        }

        void take(long bytes) {
            taken += bytes;
            if (taken > MAX_BYTES)
                throw new AlephException("over 2 GB, which is not supported", "retrofit a smaller part of the model");
            if (taken > Runtime.getRuntime().maxMemory() / 2)
                throw new AlephException(
                        "has " + (taken >> 20) + " MB or more, over half of the Java heap", "raise -Xmx");
        }
    }

    public static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(newSha256().digest(bytes));
    }

    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The file it was read from. */
    public Path file() {
        return file;
    }

    /** The only directory that external data may be in. */
    public Path directory() {
        return directory(file);
    }

    /** The file's bytes; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** SHA-256 of the file's bytes (without external data), lower-case hex. */
    public String sha256() {
        return sha256;
    }

    /** The inputs to feed: graph inputs without a default, in the file's order. */
    public List<ValueInfo> inputs() {
        return graph.inputs().values().stream().map(ValueInfo::of).toList();
    }

    /** Graph outputs, in the file's order. */
    public List<ValueInfo> outputs() {
        return graph.outputs().stream().map(ValueInfo::of).toList();
    }

    /** With external data included. */
    public ModelProto whole() {
        return whole;
    }

    public Graph graph() {
        return graph;
    }
}
