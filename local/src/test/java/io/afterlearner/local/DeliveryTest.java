package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.evaluation.Evaluation;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.score.Score;
import io.afterlearner.evaluation.verdict.VerdictRecords;
import io.afterlearner.report.Delivery;
import io.afterlearner.report.file.VerdictLedger;
import io.afterlearner.report.result.History;
import io.afterlearner.report.result.HistoryEntry;
import io.afterlearner.report.result.Result;
import io.afterlearner.report.result.TestResult;
import io.afterlearner.schemas.Provenance;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.ResolvedStudy;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which model is written for which outcome. */
class DeliveryTest {
    @TempDir
    Path folder;

    /** Candidate 1 moves the bias by this much; 0.75 is best. */
    private Result deliver(double bias, String minimumGain) throws IOException {
        return deliver(TinyStudy.YAML.replace("pool: default", "pool: default, minimumGain: " + minimumGain), 1, bias);
    }

    private Result deliver(String text, long number, double bias) throws IOException {
        Path yaml = Files.writeString(folder.resolve("study.yaml"), text);
        var study = new Resolver(StudyFile.read("study.yaml", yaml, folder.resolve("downloads"))).resolve();
        HistoryEntry entry =
                new HistoryEntry(1, HistoryEntry.Status.TOLD, List.of(1.0, bias), 0.1, null, 0, 1L, 10, "here", null);
        return new Delivery(study, new VerdictLedger(folder.resolve("verdicts")), "test")
                .write(
                        new Delivery.Ending("FINISHED", number, 2, 2, null, null),
                        new History(List.of(entry), 1),
                        TestResult.of(study.spec(), number, answer(study, number, bias)),
                        folder.resolve("out"));
    }

    /** What an evaluator answers. */
    private @Nullable VerdictAnswer answer(ResolvedStudy study, long number, double bias) {
        if (study.spec().getTest() == null) {
            return null;
        }
        Dataset test = Dataset.read(folder.resolve("test.npz"));
        try (Evaluation evaluation = Evaluation.open(
                study.model(), study.aleph(), test, study.loss(), study.batching(), Evaluation.Options.cpu(1))) {
            Score shipped = evaluation.score(study.aleph().initial());
            Score candidate = number == 0 ? shipped : evaluation.score(new double[] {1, bias});
            return new VerdictAnswer(
                    study.spec().getStudy(),
                    0L,
                    number,
                    VerdictRecords.record(study.spec(), number, shipped, candidate),
                    new Provenance("e", "1", null, null, "CPU", (long) evaluation.examples(), 1L, 1L));
        }
    }

    private byte[] written(String name) throws IOException {
        return Files.readAllBytes(folder.resolve("out").resolve(name));
    }

    @Test
    void theModelToShipIsTheShippedOneUnlessAnImprovementIsShown() throws IOException {
        TinyStudy.write(folder);
        byte[] shipped = Files.readAllBytes(folder.resolve("tiny.onnx"));

        Result tooLittle = deliver(0.75, "10");
        assertEquals("inconclusive", tooLittle.outcome());
        assertArrayEquals(shipped, written(Delivery.MODEL));
        assertTrue(Files.exists(folder.resolve("out").resolve(Delivery.CANDIDATE)));

        Result improved = deliver(0.75, "0.1");
        assertEquals("improved", improved.outcome(), improved.verdict()::toString);
        assertFalse(java.util.Arrays.equals(shipped, written(Delivery.MODEL)));
        assertFalse(Files.exists(folder.resolve("out").resolve(Delivery.CANDIDATE)), "of an earlier run");

        assertEquals("worse", deliver(-1, "0").outcome());
        assertArrayEquals(shipped, written(Delivery.MODEL));
        assertTrue(Files.exists(folder.resolve("out").resolve(Delivery.CANDIDATE)));

        assertEquals("kept", deliver(TinyStudy.YAML, 0, 0).outcome());
        assertArrayEquals(shipped, written(Delivery.MODEL));
        assertFalse(Files.exists(folder.resolve("out").resolve(Delivery.CANDIDATE)), "of an earlier run");
    }

    @Test
    void withoutATestSplitTheShippedModelIsKeptAndTheResultSaysWhy() throws IOException {
        TinyStudy.write(folder);
        byte[] shipped = Files.readAllBytes(folder.resolve("tiny.onnx"));
        Result result = deliver(TinyStudy.YAML.replace("  test: test.npz\n", ""), 1, 0.75);

        assertEquals("inconclusive", result.outcome());
        assertEquals(0, result.drawn());
        assertArrayEquals(shipped, written(Delivery.MODEL));
        assertTrue(Files.exists(folder.resolve("out").resolve(Delivery.CANDIDATE)));
        JsonNode json = new ObjectMapper().readTree(written(Delivery.RESULT));
        assertEquals(
                "the study has no test split (data.test)", json.get("reason").asText());
        assertTrue(json.at("/baseline/test").isNull());
        assertTrue(json.at("/testDifference/interval/0").isNull());
        assertFalse(json.has("test"));
        assertTrue(Files.readString(folder.resolve("out/report.html")).contains("no test split"));
    }

    @Test
    void oneExampleHasNoInterval() throws IOException {
        TinyStudy.write(folder);
        TinyStudy.arrays(
                folder.resolve("test.npz"),
                new TinyStudy.Array("x", new float[] {1, 2, 3}, 1, 3),
                new TinyStudy.Array("target", new float[] {5.5f}, 1, 1));
        Result result = deliver(0.75, "0");
        assertEquals("inconclusive", result.outcome());
        assertEquals(null, result.test().losses().difference().interval());
        assertEquals(null, result.test().losses().baseline().interval());
        assertTrue(Files.readString(folder.resolve("out/report.html"))
                .contains("the test split has 1 example, and a verdict needs 30"));
    }
}
