package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactUrisTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://ann:secret@host/m.onnx",
                "https://secret@host",
                "s3://AKIA:secret@models/m.onnx",
                "https://host/m?X-Amz-Credential=AKIA&X-Amz-Signature=secret",
                "https://host/m?x=1&X-Goog-Signature=secret",
                "https://host/m?AWSAccessKeyId=AKIA&Signature=secret",
                "https://host/m?sv=2024&sig=secret"
            })
    void credentialsAreFound(String uri) {
        String problem = ArtifactUris.problem(uri);
        assertNotNull(problem);
        assertFalse(problem.contains("secret"), problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///models/a@b.onnx",
                "http://host:80/a@b.onnx?design=1",
                "s3://models/a@b.onnx?versionId=x",
                "relative/m.onnx",
                "https://host/sig=1"
            })
    void otherAddressesPass(String uri) {
        assertNull(ArtifactUris.problem(uri));
    }

    @Test
    void aStudyIsRefusedAtTheFieldOfTheAddress() {
        StudySpec.Builder spec = StudySpec.newBuilder()
                .setStudy("s")
                .setName("s")
                .setCreatedAtMillis(0)
                .setModel(null)
                .setAleph(List.of())
                .setOptimizer(new OptimizerSpec("auto", 10L, 1, 7L, 1, Noise.UNKNOWN, TellOrder.ARRIVAL))
                .setEvaluation(new EvaluationSpec(1_000L, "default", 0, Map.of(), 0.0, 3_600_000L));
        ArtifactUris.check(spec.build());
        ModelFile weights = new ModelFile("w", new Artifact("https://a:b@host/w", "0".repeat(64)));
        StudySpec wrong = spec.setModelFiles(List.of(weights)).build();
        assertEquals(
                "modelFiles[0].artifact.uri",
                assertThrows(RefusedException.class, () -> ArtifactUris.check(wrong))
                        .field());
    }
}
