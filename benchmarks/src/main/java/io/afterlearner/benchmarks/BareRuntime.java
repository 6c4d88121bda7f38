package io.afterlearner.benchmarks;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.afterlearner.aleph.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Plain ONNX Runtime without AfterLearner code: one thread, no spinning. */
final class BareRuntime {
    private static final OrtEnvironment ENVIRONMENT = OrtEnvironment.getEnvironment();

    private BareRuntime() {}

    static OrtSession open(byte[] model) throws OrtException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            return ENVIRONMENT.createSession(model, options);
        }
    }

    /** A view of the tensor, not a copy. */
    static OnnxTensor wrap(Tensor tensor) throws OrtException {
        OnnxJavaType type = OnnxJavaType.valueOf(tensor.type().name());
        return wrap(tensor.data(), type, tensor.shape());
    }

    static OnnxTensor empty(TensorInfo info) throws OrtException {
        int bytes = Math.multiplyExact(Math.toIntExact(info.getNumElements()), info.type.size);
        return wrap(ByteBuffer.allocateDirect(bytes), info.type, info.getShape());
    }

    private static OnnxTensor wrap(ByteBuffer bytes, OnnxJavaType type, long[] shape) throws OrtException {
        ByteBuffer data = bytes.duplicate().order(ByteOrder.nativeOrder());
        return switch (type) {
            case FLOAT -> OnnxTensor.createTensor(ENVIRONMENT, data.asFloatBuffer(), shape);
            case DOUBLE -> OnnxTensor.createTensor(ENVIRONMENT, data.asDoubleBuffer(), shape);
            case INT32 -> OnnxTensor.createTensor(ENVIRONMENT, data.asIntBuffer(), shape);
            case INT64 -> OnnxTensor.createTensor(ENVIRONMENT, data.asLongBuffer(), shape);
            default -> OnnxTensor.createTensor(ENVIRONMENT, data, shape, type);
        };
    }
}
