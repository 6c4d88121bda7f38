package io.afterlearner.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.ValueInfo;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.aleph.manifest.AlephEntry.Granularity;
import io.afterlearner.aleph.manifest.AlephEntry.Transform;
import io.afterlearner.aleph.write.Retrofit;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.loss.Losses;
import io.afterlearner.evaluation.score.UnscorableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model whose examples lie on another axis than the first. */
class StateTest {
    private static final int EXAMPLES = 5;
    private static final long SEED = 12;

    @TempDir
    Path directory;

    private final float[] x = floats(EXAMPLES * 2, SEED);
    /** By layer, example, column: as the model reads it. */
    private final float[] state = floats(3 * EXAMPLES * 2, SEED + 1);

    @Test
    void aStateIsFedByTheModelsAxisWhicheverWayTheFileHasIt() throws IOException {
        for (Batching batching : List.of(Batching.AUTO, new Batching(1, Map.of()), new Batching(2, Map.of()))) {
            assertEquals(rmse(), loss(batching, "y", examplesFirst()), 1e-6, "seed " + SEED + ", " + batching);
            assertEquals(rmse(), loss(batching, "y", asInModel()), 1e-6, "seed " + SEED + ", " + batching);
            assertEquals(rmse(), loss(batching, "yt", asInModel()), 1e-6, "seed " + SEED + ", " + batching);
        }
    }

    @Test
    void anAxisThatTheStudyGivesWinsOverTheSymbol() throws IOException {
        DataException refusal =
                assertThrows(DataException.class, () -> loss(new Batching(0, Map.of("yt", 0)), "yt", examplesFirst()));
        assertTrue(refusal.getMessage().contains("whose dimension 0 has a fixed size"), refusal.getMessage());
    }

    @Test
    void anOutputThatDependsOnTheBatchIsFoundUnlessTheBatchIsGiven() throws IOException {
        Model model = Model.read(StateModel.writeBatchDependent(directory.resolve("mean.onnx")));
        Sanity automatic = sanity(model, Batching.AUTO);
        assertTrue(automatic.isSound(), automatic.toString());
        assertFalse(automatic.isBatchInvariant(), automatic.toString());
        assertEquals(EXAMPLES, automatic.batch());
        assertEquals(0, automatic.singleLoss(), 1e-6);
        assertTrue(automatic.loss() > 0.1, automatic.toString());
        assertEquals(automatic.loss(), automatic.plainLoss(), 1e-6);
        Sanity given = sanity(model, new Batching(1, Map.of()));
        assertTrue(given.isSound() && given.isBatchInvariant(), given.toString());
        assertEquals(0, given.loss(), 1e-6);
    }

    @Test
    void aCandidateThatDependsOnTheBatchIsFoundThoughTheShippedModelDoesNot() throws IOException {
        Model model = Model.read(StateModel.writeBatchDependentAside(directory.resolve("aside.onnx")));
        Aleph aleph = Aleph.bind(model, List.of(AlephEntry.of("w", Transform.VALUE, Granularity.ELEMENT)));
        double[] values = {1};
        Path candidate = directory.resolve("candidate.onnx");
        Retrofit.write(model, aleph, values, candidate);
        Losses.Chosen loss = Losses.create("rmse", Map.of("output", "\"z\""));
        try (Evaluation evaluation =
                Evaluation.open(model, aleph, data(examplesFirst()), loss, Batching.AUTO, Evaluation.Options.cpu(1))) {
            assertTrue(evaluation.sanity().against(model).isBatchInvariant());
            assertEquals(
                    evaluation.score(values).loss(), evaluation.written(values).plainLoss(candidate), 1e-6);
            evaluation.refuseBatchDependence(aleph.initial());
            UnscorableException found =
                    assertThrows(UnscorableException.class, () -> evaluation.refuseBatchDependence(values));
            assertTrue(String.valueOf(found.getMessage()).contains("depend on the batch"), found.getMessage());
        }
    }

    @Test
    void anotherModelThanTheOneThatWasSplitIsNotSound() throws IOException {
        Model model = Model.read(StateModel.write(directory.resolve("state.onnx")));
        Aleph aleph = aleph(model);
        Losses.Chosen loss = Losses.create("rmse", Map.of("output", "\"y\""));
        try (Evaluation evaluation =
                Evaluation.open(model, aleph, data(examplesFirst()), loss, Batching.AUTO, Evaluation.Options.cpu(1))) {
            assertTrue(evaluation.sanity().against(model).isSound());
            StateModel.writeOther(directory.resolve("state.onnx"));
            Sanity changed = evaluation.sanity().against(model);
            assertFalse(changed.isSound(), changed.toString());
        }
    }

    @Test
    void aTargetTurnedLikeTheOutputIsRefusedWithItsAxis() throws IOException {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("x", tensor(x, EXAMPLES, 2));
        arrays.put("state", examplesFirst());
        arrays.put("target", tensor(new float[EXAMPLES * 2], 2, EXAMPLES));
        Dataset turned = new Dataset(arrays, "0");
        Model model = Model.read(StateModel.write(directory.resolve("state.onnx")));
        Losses.Chosen loss = Losses.create("rmse", Map.of("output", "\"yt\""));
        DataException refusal = assertThrows(
                DataException.class,
                () -> Evaluation.open(model, aleph(model), turned, loss, Batching.AUTO, Evaluation.Options.cpu(1)));
        assertEquals(
                "array \"x\" of shape [5, 2] has 5 examples (axis 0), but array \"target\" of shape [2, 5] has 2 examples"
                        + " (axis 0); the examples of \"target\" are always on axis 0, even if those of the model's output"
                        + " are not: move axis 1 there, as in numpy.moveaxis(target, 1, 0)",
                refusal.getMessage());
    }

    /** The array of an input may have the examples where the model has them. */
    @Test
    void aTargetOfAnotherLengthNamesTheAxisOfTheModel() {
        ValueInfo sequences = new ValueInfo("x", "FLOAT", new long[] {7, -1, 2}, true, List.of("", "N", ""));
        Dataset data = new Dataset(
                Map.of("x", tensor(new float[7 * 5 * 2], 7, 5, 2), "target", tensor(new float[7 * 5], 7, 5)), "0");
        DataException refusal = assertThrows(
                DataException.class, () -> Examples.of(List.of(sequences), new BatchAxes(Map.of("x", 1), 1, 0), data));
        assertTrue(
                refusal.getMessage()
                        .startsWith("array \"x\" of shape [7, 5, 2] has 5 examples (axis 1), but array \"target\" of"
                                + " shape [7, 5] has 7 examples (axis 0); "),
                refusal.getMessage());
        assertTrue(refusal.getMessage().endsWith("numpy.moveaxis(target, 1, 0)"), refusal.getMessage());
    }

    @Test
    void boxesThatTheModelSelectsAreNoExamples() throws IOException {
        Model model = Model.read(StateModel.writeSelection(directory.resolve("nms.onnx")));
        Aleph aleph = Aleph.bind(model, List.of(AlephEntry.of("th", Transform.VALUE, Granularity.ELEMENT)));
        float[] boxes = {0, 0, 1, 1, 5, 5, 6, 6, 0, 0, 1, 1, 5, 5, 6, 6};
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("boxes", tensor(boxes, 2, 2, 4));
        arrays.put("scores", tensor(new float[] {0.9f, 0.8f, 0.7f, 0.6f}, 2, 1, 2));
        arrays.put("target", tensor(new float[2], 2));
        DataException refusal = assertThrows(
                DataException.class,
                () -> Evaluation.open(
                        model,
                        aleph,
                        new Dataset(arrays, "0"),
                        Losses.create("error-rate", Map.of()),
                        Batching.AUTO,
                        Evaluation.Options.cpu(1)));
        assertTrue(
                refusal.getMessage()
                        .startsWith(
                                "output \"sel\" has shape [4, 3] for 2 examples, so dimension 0 is not the examples'; an"
                                        + " output whose rows are not one per example, such as the boxes of NonMaxSuppression,"
                                        + " is not supported; "),
                refusal.getMessage());
    }

    private Sanity sanity(Model model, Batching batching) {
        Aleph aleph = aleph(model);
        Losses.Chosen loss = Losses.create("rmse", Map.of());
        try (Evaluation evaluation =
                Evaluation.open(model, aleph, data(examplesFirst()), loss, batching, Evaluation.Options.cpu(1))) {
            return evaluation.sanity().against(model);
        }
    }

    private static Aleph aleph(Model model) {
        return Aleph.bind(model, List.of(AlephEntry.of("b", Transform.VALUE, Granularity.ELEMENT)));
    }

    private Dataset data(Tensor fed) {
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        arrays.put("x", tensor(x, EXAMPLES, 2));
        arrays.put("state", fed);
        arrays.put("target", tensor(new float[EXAMPLES * 2], EXAMPLES, 2));
        return new Dataset(arrays, "0");
    }

    private double loss(Batching batching, String output, Tensor fed) throws IOException {
        Model model = Model.read(StateModel.write(directory.resolve("state.onnx")));
        Aleph aleph = aleph(model);
        Losses.Chosen loss = Losses.create("rmse", Map.of("output", "\"" + output + "\""));
        try (Evaluation evaluation =
                Evaluation.open(model, aleph, data(fed), loss, batching, Evaluation.Options.cpu(1))) {
            return evaluation.score(aleph.initial()).loss();
        }
    }

    private double rmse() {
        double squares = 0;
        for (int i = 0; i < EXAMPLES * 2; i++) {
            double y = x[i] + state[i] + (i % 2 == 0 ? 0.5 : -0.25);
            squares += y * y;
        }
        return Math.sqrt(squares / (EXAMPLES * 2));
    }

    private Tensor asInModel() {
        return tensor(state, 3, EXAMPLES, 2);
    }

    private Tensor examplesFirst() {
        return asInModel().toFront(1);
    }

    private static float[] floats(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }

    private static Tensor tensor(float[] values, long... shape) {
        ByteBuffer data = ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        data.asFloatBuffer().put(values);
        return new Tensor(ElementType.FLOAT, shape, data);
    }
}
