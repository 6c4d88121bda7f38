package io.afterlearner.study.resolve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.sun.net.httpserver.HttpServer;
import io.afterlearner.schemas.ModelFile;
import io.afterlearner.study.InputException;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.StudyFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loss of a study is that of the model as it is used. */
class SanityTest {
    @TempDir
    Path folder;

    @BeforeEach
    void prepare() throws IOException {
        TinyStudy.write(folder);
    }

    @Test
    void candidate0EqualsTheUntouchedModel() throws IOException {
        ResolvedStudy study = resolve(TinyStudy.YAML);
        assertTrue(study.sanity().isSound() && study.sanity().isBatchInvariant());
        assertEquals(200, study.sanity().examples());
        assertEquals(study.sanity().plainLoss(), study.sanity().loss(), 1e-6);
    }

    @Test
    void aModelWhoseOutputsDependOnTheBatchIsRefusedWithBothLosses() throws IOException {
        Files.write(folder.resolve("tiny.onnx"), centred().toByteArray());
        String message = assertThrows(InputException.class, () -> resolve(TinyStudy.YAML))
                .getMessage();
        assertTrue(
                message.contains("evaluation: the shipped model's outputs depend on the batch: the loss is "), message);
        assertTrue(message.contains(" with 200 examples at a time and "), message);
        assertTrue(message.contains("; set evaluation.batch to what the model gets in production"), message);
        ResolvedStudy given = resolve(TinyStudy.YAML.replace("pool: default", "pool: default, batch: 1"));
        assertEquals(1, given.spec().getEvaluation().getBatch());
        assertEquals(1, given.sanity().batch());
    }

    @Test
    void aModelThatIsRandomIsRefusedBeforeTheSearch() throws IOException {
        Files.write(folder.resolve("tiny.onnx"), noisy().toByteArray());
        String message = assertThrows(InputException.class, () -> resolve(TinyStudy.YAML))
                .getMessage();
        assertTrue(message.contains("model.uri: the shipped model gives other outputs for the same examples"), message);
        assertTrue(message.contains("; export it for inference"), message);
    }

    @Test
    void aBatchOutOfRangeOrAnAxisThatIsNoneIsRefused() {
        assertTrue(refusal("batch: 0").contains("evaluation.batch: must be"), refusal("batch: 0"));
        assertTrue(refusal("axes: {z: 1}").contains("\"z\", which is no input"), refusal("axes: {z: 1}"));
    }

    @Test
    void aStudyOnOtherExternalDataIsAnotherStudy() throws IOException {
        Files.write(folder.resolve("tiny.onnx"), external().toByteArray());
        Files.write(folder.resolve("tiny.data"), weights(1));
        String before = resolve(TinyStudy.YAML).spec().getStudy();
        assertEquals(before, resolve(TinyStudy.YAML).spec().getStudy());
        Files.write(folder.resolve("tiny.data"), weights(2));
        assertNotEquals(before, resolve(TinyStudy.YAML).spec().getStudy());
    }

    @Test
    void externalDataIsFetchedFromBesideTheModel() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/models/", exchange -> {
            boolean model = exchange.getRequestURI().getPath().endsWith("/tiny.onnx");
            byte[] bytes = model ? external().toByteArray() : weights(1);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            String base = "http://127.0.0.1:" + server.getAddress().getPort() + "/models/";
            String yaml = TinyStudy.YAML.replace("tiny.onnx", base + "tiny.onnx");
            ResolvedStudy study = resolve(yaml);
            ModelFile file = study.spec().getModelFiles().get(0);
            assertEquals("tiny.data", file.getLocation());
            assertEquals(base + "tiny.data", file.getArtifact().getUri());
            assertTrue(study.sanity().isSound());
        } finally {
            server.stop(0);
        }
    }

    private String refusal(String evaluation) {
        String yaml = TinyStudy.YAML.replace("pool: default", evaluation);
        return String.valueOf(
                assertThrows(InputException.class, () -> resolve(yaml)).getMessage());
    }

    private ResolvedStudy resolve(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("study.yaml"), yaml);
        return new Resolver(StudyFile.read("study.yaml", file, folder.resolve("downloads"))).resolve();
    }

    /** {@code y = product - mean of product over the batch + b}. */
    /** With standard normal noise on its output. */
    private static ModelProto noisy() {
        ModelProto model = TinyStudy.model();
        GraphProto.Builder graph = model.getGraph().toBuilder().clearNode();
        graph.addNode(model.getGraph().getNode(0));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("RandomNormalLike")
                .addInput("product")
                .addOutput("noise"));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Add")
                .addInput("product")
                .addInput("noise")
                .addOutput("noisy"));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Add")
                .addInput("noisy")
                .addInput("b")
                .addOutput("y"));
        return model.toBuilder().setGraph(graph).build();
    }

    private static ModelProto centred() {
        ModelProto model = TinyStudy.model();
        GraphProto.Builder graph = model.getGraph().toBuilder().clearNode();
        graph.addNode(model.getGraph().getNode(0));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("ReduceMean")
                .addInput("product")
                .addOutput("mean")
                .addAttribute(AttributeProto.newBuilder()
                        .setName("axes")
                        .setType(AttributeProto.AttributeType.INTS)
                        .addInts(0)));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Sub")
                .addInput("product")
                .addInput("mean")
                .addOutput("centred"));
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Add")
                .addInput("centred")
                .addInput("b")
                .addOutput("y"));
        return model.toBuilder().setGraph(graph).build();
    }

    private static ModelProto external() {
        ModelProto model = TinyStudy.model();
        TensorProto w = model.getGraph().getInitializer(0).toBuilder()
                .clearFloatData()
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue("tiny.data"))
                .build();
        return model.toBuilder()
                .setGraph(model.getGraph().toBuilder().setInitializer(0, w))
                .build();
    }

    private static byte[] weights(float first) {
        return ByteBuffer.allocate(12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(first)
                .putFloat(-1)
                .putFloat(2)
                .array();
    }
}
