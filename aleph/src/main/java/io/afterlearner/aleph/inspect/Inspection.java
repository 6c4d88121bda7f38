package io.afterlearner.aleph.inspect;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.graph.Cut;
import io.afterlearner.aleph.graph.Cut.Part;
import io.afterlearner.aleph.graph.Graph;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.Types;
import io.afterlearner.aleph.manifest.Site;
import io.afterlearner.aleph.manifest.Site.Kind;
import io.afterlearner.aleph.manifest.Sites;
import io.afterlearner.aleph.manifest.Unusable;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists the tensors of a model: those that could be ℵ, and the others with the reason. */
public final class Inspection {
    private Inspection() {}

    /**
     * One tensor of a model, and whether a study can move it.
     *
     * @param name as a manifest would name it
     * @param kind where its values come from
     * @param type ONNX element type, such as FLOAT
     * @param shape dimensions; -1 if dynamic, which only an input can be
     * @param elements number of elements; -1 if dynamic
     * @param frozenShare fraction of nodes, 0 to 1, that would run once per example instead of once per candidate if this tensor were ℵ
     * @param users nodes that read it
     * @param refusal why it cannot be ℵ, without its name; null if it can
     */
    public record TensorReport(
            String name,
            Kind kind,
            String type,
            long[] shape,
            long elements,
            double frozenShare,
            int users,
            @Nullable Refusal refusal) {}

    /** One report per tensor: initializers, graph inputs, Constant nodes, then those in subgraphs. */
    public static List<TensorReport> of(Model model) {
        return Sites.of(model.graph()).values().stream()
                .map(site -> report(model.graph(), site))
                .toList();
    }

    /** Why no tensor of a model can be ℵ, in one sentence; null if one can. */
    public static @Nullable Refusal nothing(Model model) {
        return Unusable.of(model.graph());
    }

    private static TensorReport report(Graph graph, Site site) {
        long users = graph.reads().stream()
                .filter(reads -> reads.contains(site.name()))
                .count();
        return new TensorReport(
                site.name(),
                site.kind(),
                Types.name(site.code()),
                site.shape(),
                site.elements(),
                frozenShare(Cut.of(graph, Set.of(site.name()), Set.of())),
                (int) users,
                site.refusal());
    }

    private static double frozenShare(Cut cut) {
        List<Part> parts = List.of(cut.parts());
        int frozen = Collections.frequency(parts, Part.PREFIX);
        int running = parts.size() - Collections.frequency(parts, Part.CONSTANT);
        return running == 0 ? 0 : (double) frozen / running;
    }
}
