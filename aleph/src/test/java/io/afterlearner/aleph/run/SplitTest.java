package io.afterlearner.aleph.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.aleph.Case;
import io.afterlearner.aleph.Data;
import io.afterlearner.aleph.Entry;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.write.Retrofit;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitTest {
    private static final long SEED = 20261123;

    @TempDir
    Path directory = Path.of("");

    @ParameterizedTest
    @MethodSource("io.afterlearner.aleph.Case#all")
    void splitAndPromotedGraphsEqualTheWrittenModel(Case c) {
        Model model = c.model(directory);
        Aleph aleph = Aleph.bind(model, List.of(c.aleph()));
        Random random = new Random(SEED);
        Map<String, Tensor> data = Data.random(model, aleph, random);
        try (SplitSession split = SplitSession.open(Split.of(model, aleph), RunOptions.cpu());
                SplitSession promoted = SplitSession.open(Split.promoted(model, aleph), RunOptions.cpu());
                Frontier splitFrontier = split.prefix(data);
                Frontier promotedFrontier = promoted.prefix(data);
                Suffix splitRunner = split.runner(splitFrontier);
                Suffix promotedRunner = promoted.runner(promotedFrontier)) {
            for (int round = 0; round < 4; round++) {
                double[] values = Data.near(aleph, random, round == 0 ? 0 : 0.3);
                Path out = directory.resolve("out.onnx");
                Retrofit.write(model, aleph, values, out);
                Map<String, Tensor> plain = Plain.run(out, data);
                Data.assertClose(plain, splitRunner.run(values), c + " split, seed " + SEED);
                Data.assertClose(plain, promotedRunner.run(values), c + " promoted, seed " + SEED);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.afterlearner.aleph.Case#all")
    void atAleph0TheWrittenModelGivesTheShippedOutputsExactly(Case c) {
        Model model = c.model(directory);
        Aleph aleph = Aleph.bind(model, List.of(c.aleph()));
        Map<String, Tensor> data = Data.random(model, aleph, new Random(SEED));
        Path out = directory.resolve("out.onnx");
        Retrofit.write(model, aleph, aleph.initial(), out);
        Map<String, Tensor> whole = new HashMap<>(data);
        whole.putAll(aleph.tensors(aleph.initial()));
        assertEquals(Data.bits(Plain.run(model.file(), whole)), Data.bits(Plain.run(out, data)), c.toString());
    }

    @Test
    void onlyNodesThatDependOnAlephRunPerCandidate() {
        Model model = new Case("convolution").model(directory);
        Split split = Split.of(model, Aleph.bind(model, List.of(Entry.shift("fc.b"))));
        assertEquals(List.of("flat"), split.frontier());
        assertTrue(split.prefix() != null);
        Split promoted = Split.promoted(model, Aleph.bind(model, List.of(Entry.shift("fc.b"))));
        assertNull(promoted.prefix());
        assertEquals(List.of("x"), promoted.frontier());
    }

    @Test
    void aFrontierServesManyCandidates() {
        Model model = new Case("transformer").model(directory);
        Aleph aleph = Aleph.bind(model, List.of(Entry.shift("head.b")));
        try (SplitSession session = SplitSession.open(Split.of(model, aleph), RunOptions.cpu());
                Frontier frontier = session.prefix(Data.random(model, aleph, new Random(SEED)))) {
            assertTrue(frontier.bytes() > 0);
            Map<String, List<Integer>> shipped = run(session, aleph.initial(), frontier);
            assertNotEquals(shipped, run(session, new double[] {1, 2, 3}, frontier));
            assertEquals(shipped, run(session, aleph.initial(), frontier));
        }
    }

    private static Map<String, List<Integer>> run(SplitSession session, double[] values, Frontier frontier) {
        try (Suffix runner = session.runner(frontier)) {
            return Data.bits(runner.run(values));
        }
    }
}
