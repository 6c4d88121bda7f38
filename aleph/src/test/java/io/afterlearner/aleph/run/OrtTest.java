package io.afterlearner.aleph.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.afterlearner.aleph.Data;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.TestModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrtTest {
    private static final ModelProto MODEL = TestModels.convolution().proto().build();
    private static final Tensor X = Data.random(new Random(1), 2, 3, 8, 8);

    @TempDir
    private Path folder;

    private static Tensor run(Path temporary) throws OrtException {
        try (OrtSession session = Ort.open(MODEL, RunOptions.cpu(), temporary);
                OnnxTensor x = Ort.wrap(X);
                OrtSession.Result result = session.run(Map.of("x", x))) {
            return Ort.copy((OnnxTensor) result.get(0));
        }
    }

    @Test
    void whereNoTemporaryFileCanBeWrittenTheModelIsOpenedFromMemory() throws OrtException {
        Tensor byFile = run(folder);
        Tensor fromMemory = run(folder.resolve("missing"));
        assertEquals(byFile.data(), fromMemory.data());
        assertEquals(2 * 4 * Float.BYTES, byFile.data().capacity());
    }

    @Test
    void theTemporaryFileIsRemoved() throws OrtException, IOException {
        run(folder);
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
