package io.afterlearner.aleph.run;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.CodedOutputStream;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.aleph.graph.Pieces;
import io.afterlearner.aleph.graph.TensorCodec;
import io.afterlearner.aleph.graph.Types;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The settings of ONNX Runtime: quiet, no telemetry, no spinning threads. */
final class Ort {
    static final OrtEnvironment ENVIRONMENT = environment();

    private static final System.Logger LOG = System.getLogger(Ort.class.getName());
    private static final String TYPE_PREFIX = "ONNX_TENSOR_ELEMENT_DATA_TYPE_";

    private Ort() {}

    /** Logs nothing, because every error is an exception too. */
    private static OrtEnvironment environment() {
        OrtEnvironment environment =
                OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "afterlearner");
        try {
            environment.setTelemetry(false);
        } catch (OrtException e) {
            throw new IllegalStateException("ONNX Runtime cannot switch its telemetry off", e);
        }
        keepOpen();
        return environment;
    }

    /**
     * Keeps the native environment open until the process ends. ONNX Runtime closes it in a shutdown hook while other threads
     * may still score: the next session they open would abort the process and hide its exit code. The native environment
     * counts its owners, so a second owner keeps it open; the Java class offers none.
     */
    private static void keepOpen() {
        try {
            Method create = OrtEnvironment.class.getDeclaredMethod("createHandle", long.class, int.class, String.class);
            Field api = Class.forName("ai.onnxruntime.OnnxRuntime").getDeclaredField("ortApiHandle");
            create.setAccessible(true);
            api.setAccessible(true);
            create.invoke(null, api.getLong(null), OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL.getValue(), "afterlearner");
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this version of ONNX Runtime cannot be kept open at the end of the process", e);
        }
    }

    /** By a temporary file, which ONNX Runtime reads tensor by tensor: model and session need not be in memory twice. */
    static OrtSession open(ModelProto model, RunOptions run) {
        return open(model, run, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** @param folder of the temporary file; if none can be written there, memory is used */
    static OrtSession open(ModelProto model, RunOptions run, Path folder) {
        Path file = null;
        try {
            file = Files.createTempFile(folder, "afterlearner-", ".onnx");
            try (OutputStream out = Pieces.writing(file)) {
                model.writeTo(out);
            }
            return open(file, run);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "no temporary file can be written; memory is used instead", e);
            return openInMemory(model, run);
        } finally {
            delete(file);
        }
    }

    private static void delete(@Nullable Path file) {
        try {
            if (file != null) Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a temporary file cannot be deleted", e);
        }
    }

    /** Memory outside the heap, which ONNX Runtime reads without a copy. */
    private static OrtSession openInMemory(ModelProto model, RunOptions run) {
        ByteBuffer bytes = TensorCodec.buffer(model.getSerializedSize());
        try (SessionOptions options = options(run)) {
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            model.writeTo(out);
            out.flush();
            return ENVIRONMENT.createSession(bytes.rewind(), options);
        } catch (IOException e) {
            throw new UncheckedIOException("a message has the size that it says", e);
        } catch (OrtException e) {
            throw failed("ONNX Runtime cannot load the model", e);
        } finally {
            free(bytes);
        }
    }

    /** Now instead of at some garbage collection, which nothing hastens: the heap is small and the model may be large. */
    private static void free(ByteBuffer direct) {
        try {
            Class<?> unsafe = Class.forName("sun.misc.Unsafe");
            Field only = unsafe.getDeclaredField("theUnsafe");
            only.setAccessible(true);
            unsafe.getMethod("invokeCleaner", ByteBuffer.class).invoke(only.get(null), direct);
        } catch (ReflectiveOperationException e) {
            // A later Java may have no such method: then the collector frees it.
            return;
        }
    }

    /** From its file, so that external data is found beside it. */
    static OrtSession open(Path file, RunOptions run) {
        try (SessionOptions options = options(run)) {
            return ENVIRONMENT.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw failed("ONNX Runtime cannot load the model", e);
        }
    }

    private static SessionOptions options(RunOptions run) throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setIntraOpNumThreads(run.threads());
        options.setInterOpNumThreads(1);
        options.addConfigEntry("session.intra_op.allow_spinning", "0");
        options.addConfigEntry("session.inter_op.allow_spinning", "0");
        if (run.provider() == RunOptions.Provider.CUDA) {
            if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA))
                throw new AlephException(
                        "provider CUDA was requested, but this build contains only the CPU version of ONNX Runtime",
                        "use the build with CUDA, or provider CPU");
            options.addCUDA(run.deviceId());
        }
        return options;
    }

    /** What ONNX Runtime infers for a model's outputs; only tensors are included. An unknown rank reads as an empty shape. */
    static Map<String, TensorInfo> outputTypes(byte[] model) {
        try (SessionOptions options = options(RunOptions.cpu())) {
            options.setOptimizationLevel(SessionOptions.OptLevel.NO_OPT);
            try (OrtSession session = ENVIRONMENT.createSession(model, options)) {
                Map<String, TensorInfo> types = new LinkedHashMap<>();
                for (NodeInfo node : session.getOutputInfo().values())
                    if (node.getInfo() instanceof TensorInfo info) types.put(node.getName(), info);
                return types;
            }
        } catch (OrtException e) {
            throw failed("ONNX Runtime cannot load the model", e);
        }
    }

    /** By name: ONNX Runtime numbers the types differently from ONNX. */
    static int code(TensorInfo info) {
        return Types.code(info.onnxType.name().substring(TYPE_PREFIX.length()));
    }

    /** A tensor over the same memory, which must not change while this is open. */
    static OnnxTensor wrap(Tensor tensor) throws OrtException {
        OnnxJavaType type = OnnxJavaType.valueOf(tensor.type().name());
        return OnnxTensor.createTensor(ENVIRONMENT, tensor.data(), tensor.shape(), type);
    }

    /** A copy, for types that a Tensor can have. */
    static Tensor copy(OnnxTensor tensor) {
        ByteBuffer data = tensor.getByteBuffer();
        ByteBuffer copy = TensorCodec.buffer(data.remaining());
        copy.put(data).rewind();
        return new Tensor(elementType(tensor.getInfo()), tensor.getInfo().getShape(), copy);
    }

    /** Whether a Tensor can hold it. */
    static boolean isTensor(NodeInfo node) {
        return node.getInfo() instanceof TensorInfo info && isSupported(info);
    }

    static boolean isSupported(TensorInfo info) {
        return Types.elementType(code(info)) != null;
    }

    static ElementType elementType(TensorInfo info) {
        ElementType type = Types.elementType(code(info));
        if (type == null)
            throw new AlephException(
                    "an output is " + Types.name(code(info)) + ", which is not supported",
                    "cast it to FLOAT in the model");
        return type;
    }

    /** A model that cannot be loaded, with ONNX Runtime's message on one line. */
    static AlephException failed(String what, OrtException e) {
        return failed(what, "check the model with ONNX's checker, or export it again", e);
    }

    /** A model that is loaded and cannot be run. */
    static AlephException failedToRun(String what, OrtException e) {
        return failed(what, "check that the model runs on these inputs, and that there is enough memory", e);
    }

    private static AlephException failed(String what, String fix, OrtException e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ").strip();
        String shown = message.length() > 300 ? message.substring(0, 300) + "…" : message;
        return new AlephException(what + ": " + shown, fix, e);
    }
}
