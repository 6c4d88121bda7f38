package io.afterlearner.local;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.report.Delivery;
import io.afterlearner.report.file.VerdictLedger;
import io.afterlearner.report.result.History;
import io.afterlearner.report.result.HistoryEntry;
import io.afterlearner.report.result.Result;
import io.afterlearner.study.TinyStudy;
import io.afterlearner.study.keys.StudyFile;
import io.afterlearner.study.resolve.Resolver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which model is written for which outcome. */
class DeliveryTest {
    @TempDir
    Path folder;

    /** Candidate 1 moves the bias by this much; 0.75 is best. */
    private Result deliver(double bias, String minimumGain) throws IOException {
        Path yaml = Files.writeString(
                folder.resolve("study.yaml"),
                TinyStudy.YAML.replace("pool: default", "pool: default, minimumGain: " + minimumGain));
        var study = new Resolver(StudyFile.read("study.yaml", yaml, folder.resolve("downloads"))).resolve();
        HistoryEntry entry =
                new HistoryEntry(1, HistoryEntry.Status.TOLD, List.of(1.0, bias), 0.1, null, 0, 1L, 10, "here", null);
        return new Delivery(study, new VerdictLedger(folder.resolve("verdicts")), "test")
                .write(
                        new Delivery.Ending("FINISHED", 1, 2, null, null),
                        new History(List.of(entry), 1),
                        folder.resolve("out"));
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

        assertEquals("kept", deliver(-1, "0").outcome());
        assertArrayEquals(shipped, written(Delivery.MODEL));
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
        assertEquals(null, result.test().difference().interval());
        assertEquals(null, result.test().baseline().interval());
        assertTrue(Files.readString(folder.resolve("out/report.html"))
                .contains("the test split has 1 example, and a verdict needs 30"));
    }
}
