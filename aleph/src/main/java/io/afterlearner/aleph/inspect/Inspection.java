package io.afterlearner.aleph.inspect;

import io.afterlearner.aleph.graph.Cut;
import io.afterlearner.aleph.graph.Cut.Part;
import io.afterlearner.aleph.graph.Graph;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.Types;
import io.afterlearner.aleph.manifest.Site;
import io.afterlearner.aleph.manifest.Sites;
import java.util.List;
import java.util.Set;

/** Lists the tensors of a model: those that could be ℵ, and the others with the reason. */
public final class Inspection {
    private Inspection() {}

    /** One report per tensor: initializers, graph inputs, Constant nodes, then those in subgraphs. */
    public static List<TensorReport> of(Model model) {
        Graph graph = model.graph();
        return Sites.of(graph).values().stream()
                .map(site -> report(graph, site))
                .toList();
    }

    private static TensorReport report(Graph graph, Site site) {
        int users = (int) graph.reads().stream()
                .filter(reads -> reads.contains(site.name()))
                .count();
        return new TensorReport(
                site.name(),
                site.kind(),
                Types.name(site.code()),
                site.shape(),
                site.elements(),
                frozenShare(Cut.of(graph, Set.of(site.name()), Set.of())),
                users,
                site.refusal());
    }

    private static double frozenShare(Cut cut) {
        double frozen = 0;
        double all = 0;
        for (Part part : cut.parts()) {
            if (part == Part.CONSTANT) continue;
            all++;
            if (part == Part.PREFIX) frozen++;
        }
        return all == 0 ? 0 : frozen / all;
    }
}
