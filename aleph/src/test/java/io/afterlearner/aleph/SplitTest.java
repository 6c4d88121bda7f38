package io.afterlearner.aleph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.aleph.AlephEntry.Granularity;
import io.afterlearner.aleph.AlephEntry.Transform;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SplitTest {
    private static final long SEED = 20261123;

    @TempDir
    Path directory = Path.of("");

    /** A model and a manifest. */
    record Case(String name, AlephEntry... aleph) {
        Model model(Path directory) {
            ModelBuilder builder = switch (name) {
                case "convolution" -> TestModels.convolution();
                case "transformer" -> TestModels.transformer();
                case "subgraphs" -> TestModels.subgraphs();
                case "scan" -> TestModels.scan();
                case "shared" -> TestModels.shared();
                case "external" -> TestModels.external(directory);
                case "gain" -> TestModels.gain();
                default -> throw new IllegalArgumentException(name);
            };
            return Model.read(builder.write(directory.resolve(name + ".onnx")));
        }

        @Override
        public String toString() {
            return name + " " + Stream.of(aleph).map(AlephEntry::tensor).toList();
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("convolution", shift("mean"), scale("std")),
                new Case("convolution", of("bn.scale", Transform.VALUE, Granularity.ELEMENT), shift("bn.bias")),
                new Case("convolution", of("conv.w", Transform.SCALE, Granularity.CHANNEL)),
                new Case("convolution", of("fc.w", Transform.VALUE, Granularity.ELEMENT), shift("fc.b")),
                new Case("transformer", scale("temperature")),
                new Case("transformer", of("head.w", Transform.SHIFT, Granularity.ELEMENT)),
                new Case("transformer", of("wq", Transform.SCALE, Granularity.TENSOR), shift("ln.bias")),
                new Case("subgraphs", shift("then.w"), shift("else.w")),
                new Case("subgraphs", scale("step")),
                new Case("subgraphs", scale("first.w"), shift("step")),
                new Case("scan", scale("gain")),
                new Case("scan", shift("start")),
                new Case("shared", of("w", Transform.SHIFT, Granularity.CHANNEL)),
                new Case("external", of("w", Transform.VALUE, Granularity.ELEMENT)),
                new Case("external", shift("b")),
                new Case("gain", input("gain", 1)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void splitAndPromotedGraphsSayWhatTheWrittenModelSays(Case c) {
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
    @MethodSource("cases")
    void atAleph0TheWrittenModelIsTheShippedOneToTheBit(Case c) {
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
    void onlyWhatReadsAlephRunsPerCandidate() {
        Model model = new Case("convolution").model(directory);
        Split split = Split.of(model, Aleph.bind(model, List.of(shift("fc.b"))));
        assertEquals(List.of("flat"), split.frontier());
        assertTrue(split.prefix() != null);
        Split promoted = Split.promoted(model, Aleph.bind(model, List.of(shift("fc.b"))));
        assertNull(promoted.prefix());
        assertEquals(List.of("x"), promoted.frontier());
    }

    @Test
    void aFrontierServesManyCandidates() {
        Model model = new Case("transformer").model(directory);
        Aleph aleph = Aleph.bind(model, List.of(shift("head.b")));
        try (SplitSession session = SplitSession.open(Split.of(model, aleph), RunOptions.cpu());
                Frontier frontier = session.prefix(Data.random(model, aleph, new Random(SEED)))) {
            assertTrue(frontier.bytes() > 0);
            Map<String, List<Integer>> shipped = Data.bits(session.run(aleph.initial(), frontier));
            assertNotEquals(shipped, Data.bits(session.run(new double[] {1, 2, 3}, frontier)));
            assertEquals(shipped, Data.bits(session.run(aleph.initial(), frontier)));
        }
    }

    static AlephEntry of(String tensor, Transform transform, Granularity per) {
        return AlephEntry.of(tensor, transform, per);
    }

    static AlephEntry shift(String tensor) {
        return AlephEntry.of(tensor, Transform.SHIFT, Granularity.ELEMENT);
    }

    static AlephEntry scale(String tensor) {
        return AlephEntry.of(tensor, Transform.SCALE, Granularity.ELEMENT);
    }

    static AlephEntry input(String tensor, double initial) {
        AlephEntry e = AlephEntry.of(tensor, Transform.VALUE, Granularity.ELEMENT);
        return new AlephEntry(
                tensor,
                null,
                e.transform(),
                e.per(),
                0,
                e.low(),
                e.high(),
                false,
                false,
                Double.NaN,
                List.of(),
                true,
                List.of(initial));
    }
}
