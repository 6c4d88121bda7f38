package io.afterlearner.aleph.manifest;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.aleph.graph.TensorCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A manifest bound to a model: the ℵ-parameters in order, and how their values become tensors to feed. Values are one group after
 * the other, each row-major. At ℵ₀ every tensor has exactly the shipped bits. Immutable.
 */
public final class Aleph {
    /** Maximum number of parameters of a study: a candidate must fit into a message. */
    public static final int MAX_PARAMETERS = 100_000;

    /**
     * One entry's parameters.
     *
     * @param entry as written
     * @param integer whether the parameters are integers, because the entry says so or the tensor has integers
     * @param shape of the array of parameters; empty is one scalar
     * @param initial ℵ₀ in parameter units, row-major; an index for choices
     */
    public record Group(AlephEntry entry, boolean integer, int[] shape, double[] initial) {}

    private final List<Parameters> parameters;
    private final Map<String, Tensor> shipped;
    private final Map<String, Site> sites;
    private final int size;

    private Aleph(List<Parameters> parameters, Map<String, Tensor> shipped, Map<String, Site> sites, int size) {
        this.parameters = List.copyOf(parameters);
        this.shipped = shipped;
        this.sites = sites;
        this.size = size;
    }

    /**
     * Checks a manifest against a model and binds it.
     *
     * @throws AlephException if an entry names no tensor of the model, does not fit it, or overlaps another
     */
    public static Aleph bind(Model model, List<AlephEntry> entries) {
        if (entries.isEmpty()) throw new AlephException("the manifest names no tensor", "name at least one");
        Map<String, Site> all = Sites.of(model.graph());
        Map<String, Site> sites = new LinkedHashMap<>();
        Map<String, Tensor> shipped = new LinkedHashMap<>();
        Map<String, BitSet> taken = new LinkedHashMap<>();
        List<Parameters> bound = new ArrayList<>();
        int size = 0;
        for (int i = 0; i < entries.size(); i++) {
            try {
                Site site = Entries.site(
                        entries.get(i), all, model.graph(), model.file().getFileName());
                Parameters parameters = Entries.bind(entries.get(i), site, size, shipped);
                claim(parameters, taken.computeIfAbsent(site.name(), name -> new BitSet()));
                sites.put(site.name(), site);
                bound.add(parameters);
                size += parameters.initial().length;
            } catch (AlephException e) {
                throw Entries.placed(e, i);
            }
        }
        return new Aleph(bound, shipped, sites, size);
    }

    private static void claim(Parameters parameters, BitSet taken) {
        for (int k = 0; k < parameters.elements(); k++) {
            int element = parameters.element(k);
            if (taken.get(element))
                throw Entries.wrong(
                        parameters.entry(),
                        "slice",
                        "has element " + element + " in two entries",
                        "use slices that do not overlap");
            taken.set(element);
        }
    }

    /** The entries' parameters, in the manifest's order. */
    public List<Group> groups() {
        return parameters.stream()
                .map(p -> new Group(
                        p.entry(), p.isInteger(), p.shape().clone(), p.initial().clone()))
                .toList();
    }

    /** Number of parameters of all groups. */
    public int size() {
        return size;
    }

    /** ℵ₀: the groups' initial values, concatenated. */
    public double[] initial() {
        return parameters.stream()
                .flatMapToDouble(p -> Arrays.stream(p.initial()))
                .toArray();
    }

    /** Names of the tensors that a parameter acts on. */
    public Set<String> names() {
        return sites.keySet();
    }

    /** Fresh whole tensors at these parameter values, by name. */
    public Map<String, Tensor> tensors(double[] values) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        shipped.forEach(
                (name, t) -> tensors.put(name, new Tensor(t.type(), t.shape().clone(), TensorCodec.copy(t.data()))));
        fill(values, tensors);
        return tensors;
    }

    /**
     * Writes parameter values into tensors that {@link #tensors} made: into all elements that a parameter acts on, and no others.
     *
     * @throws AlephException if the number of values is wrong, or a value is not finite or does not fit the tensor's type
     */
    public void fill(double[] values, Map<String, Tensor> tensors) {
        if (values.length != size)
            throw new AlephException(
                    "the candidate has " + values.length + " values, but the study has " + size + " parameters",
                    "create the study again");
        parameters.forEach(p -> p.checkFinite(values));
        for (Parameters p : parameters) {
            Tensor target = tensors.get(p.entry().tensor());
            if (target == null)
                throw new IllegalArgumentException("no tensor '" + p.entry().tensor() + "' to fill");
            p.fill(values, target.data());
        }
    }

    public Site site(String name) {
        Site site = sites.get(name);
        if (site == null) throw new IllegalArgumentException("no parameter acts on tensor '" + name + "'");
        return site;
    }
}
