package io.afterlearner.aleph.run;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.graph.Cut;
import io.afterlearner.aleph.graph.Cut.Part;
import io.afterlearner.aleph.graph.Cut.Piece;
import io.afterlearner.aleph.graph.Graph;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.Types;
import io.afterlearner.aleph.graph.ValueInfo;
import io.afterlearner.aleph.manifest.Aleph;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the prefix model and the suffix model of a cut. */
final class Splitter {
    /** First IR version whose initializers need not be graph inputs. */
    private static final long PLAIN_INITIALIZERS = 4;

    private final Model model;
    private final Graph graph;
    private final Aleph aleph;
    private final Cut cut;
    private final List<String> fixed;
    private final List<String> moving;
    private final Piece suffix;
    private final List<String> frontier = new ArrayList<>();
    private final @Nullable ModelProto prefix;
    private final Map<String, ValueInfoProto> types = new LinkedHashMap<>();

    Splitter(Model model, Aleph aleph, Cut cut) {
        this.model = model;
        this.graph = model.graph();
        this.aleph = aleph;
        this.cut = cut;
        this.fixed = cut.outputs(graph, Part.PREFIX);
        this.moving = graph.outputs().stream()
                .map(ValueInfoProto::getName)
                .filter(o -> !fixed.contains(o))
                .toList();
        this.suffix = cut.piece(graph, Part.SUFFIX, moving, aleph.names());
        for (String name : aleph.names()) {
            if (moving.contains(name))
                throw new AlephException(
                        "tensor '" + name + "' is itself an output of the model", "remove it from the manifest");
            if (!suffix.open().contains(name))
                throw new AlephException(
                        "no output of the model depends on tensor '" + name + "'", "remove it from the manifest");
        }
        for (String name : suffix.open()) if (cut.part(name) == Part.PREFIX) frontier.add(name);
        this.prefix = prefix();
        if (prefix != null) types.putAll(OutputTypes.of(prefix));
    }

    /** Frontier values that are not tensors. */
    Set<String> unfit() {
        Set<String> unfit = new LinkedHashSet<>();
        for (String name : frontier)
            if (!types.containsKey(name) && !graph.inputs().containsKey(name)) unfit.add(name);
        return unfit;
    }

    private @Nullable ModelProto prefix() {
        Set<String> wanted = new LinkedHashSet<>(frontier);
        wanted.addAll(fixed);
        wanted.removeAll(graph.inputs().keySet());
        if (wanted.isEmpty()) return null;
        Piece piece = cut.piece(graph, Part.PREFIX, List.copyOf(wanted), aleph.names());
        GraphProto.Builder builder = GraphProto.newBuilder().setName("prefix").addAllNode(piece.nodes());
        for (String name : piece.open()) {
            TensorProto initializer = graph.initializers().get(name);
            if (initializer != null) builder.addInitializer(initializer);
            else builder.addInput(input(name));
        }
        // Without a type: ONNX Runtime infers it, see OutputTypes.
        for (String name : wanted) builder.addOutput(ValueInfoProto.newBuilder().setName(name));
        return model(builder);
    }

    private ValueInfoProto input(String name) {
        ValueInfoProto input = graph.inputs().get(name);
        if (input == null) throw new IllegalStateException("the cut left " + name + " open");
        return input;
    }

    Split split() {
        GraphProto.Builder builder = GraphProto.newBuilder().setName("suffix").addAllNode(suffix.nodes());
        for (String name : aleph.names())
            builder.addInput(ValueInfo.proto(
                    name, Types.code(aleph.site(name).type()), aleph.site(name).shape(), new String[0]));
        for (String name : suffix.open()) {
            TensorProto initializer = graph.initializers().get(name);
            if (aleph.names().contains(name)) continue;
            if (initializer != null) builder.addInitializer(initializer);
            else builder.addInput(types.containsKey(name) ? types.get(name) : input(name));
        }
        for (ValueInfoProto output : graph.outputs()) if (moving.contains(output.getName())) builder.addOutput(output);
        List<ValueInfo> data = model.inputs().stream()
                .filter(i -> !aleph.names().contains(i.name()))
                .toList();
        return new Split(aleph, prefix, model(builder), data, List.copyOf(frontier), fixed, model.outputs());
    }

    private ModelProto model(GraphProto.Builder builder) {
        ModelProto whole = model.whole();
        return whole.toBuilder()
                .clearTrainingInfo()
                .clearMetadataProps()
                .setIrVersion(Math.max(whole.getIrVersion(), PLAIN_INITIALIZERS))
                .setGraph(builder)
                .build();
    }
}
