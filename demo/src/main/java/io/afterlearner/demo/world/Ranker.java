package io.afterlearner.demo.world;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.manifest.Aleph;
import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.aleph.run.Frontier;
import io.afterlearner.aleph.run.RunOptions;
import io.afterlearner.aleph.run.Split;
import io.afterlearner.aleph.run.SplitSession;
import io.afterlearner.aleph.run.Suffix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Runs the ranking model on the whole catalogue, with any ℵ. Thread-safe. */
public final class Ranker implements AutoCloseable {
    /** Ranges of the ℵ-parameters, as in study.yaml. */
    static final double HEAD_RANGE = 2;

    static final double THRESHOLD_RANGE = 1.5;

    private final Aleph aleph;
    private final SplitSession session;
    private final Frontier frontier;
    private final Suffix suffix;

    private Ranker(Aleph aleph, SplitSession session, Frontier frontier) {
        this.aleph = aleph;
        this.session = session;
        this.frontier = frontier;
        this.suffix = session.runner(frontier);
    }

    /** Loads the model and runs the frozen prefix once for all items. */
    public static Ranker open(Path onnx, Catalogue catalogue) {
        Model model = Model.read(onnx);
        Aleph aleph =
                Aleph.bind(model, List.of(shift("head.weight", HEAD_RANGE), shift("gate.threshold", THRESHOLD_RANGE)));
        SplitSession session = SplitSession.open(Split.of(model, aleph), RunOptions.cpu());
        return new Ranker(aleph, session, session.prefix(Map.of("features", tensor(catalogue))));
    }

    private static AlephEntry shift(String tensor, double range) {
        return new AlephEntry(
                tensor,
                null,
                AlephEntry.Transform.SHIFT,
                AlephEntry.Granularity.ELEMENT,
                0,
                -range,
                range,
                false,
                false,
                Double.NaN,
                List.of(),
                true,
                List.of());
    }

    private static Tensor tensor(Catalogue catalogue) {
        int width = catalogue.features()[0].length;
        ByteBuffer data = ByteBuffer.allocateDirect(Float.BYTES * catalogue.size() * width)
                .order(ByteOrder.nativeOrder());
        FloatBuffer floats = data.asFloatBuffer();
        for (float[] item : catalogue.features()) {
            floats.put(item);
        }
        return new Tensor(Tensor.ElementType.FLOAT, new long[] {catalogue.size(), width}, data);
    }

    /** ℵ₀. */
    public double[] shipped() {
        return aleph.initial();
    }

    synchronized Scores scores(double[] values) {
        Map<String, Tensor> outputs = suffix.run(values);
        return new Scores(floats(outputs, "scores"), floats(outputs, "kept"));
    }

    private static float[] floats(Map<String, Tensor> outputs, String name) {
        Tensor tensor = Objects.requireNonNull(outputs.get(name), name);
        float[] floats = new float[tensor.data().capacity() / Float.BYTES];
        tensor.data().duplicate().order(ByteOrder.nativeOrder()).asFloatBuffer().get(floats);
        return floats;
    }

    @Override
    public void close() {
        suffix.close();
        frontier.close();
        session.close();
    }
}
