package io.afterlearner.aleph.manifest;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.AlephException.Field;
import io.afterlearner.aleph.Nearest;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.aleph.graph.Graph;
import io.afterlearner.aleph.graph.TensorCodec;
import io.afterlearner.aleph.manifest.AlephEntry.Transform;
import io.afterlearner.aleph.manifest.Site.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Binds one entry of a manifest to the tensor it names, and refuses an entry that does not fit. */
final class Entries {
    private static final int UNPLACED = -1;

    private Entries() {}

    static Site site(AlephEntry entry, Map<String, Site> sites, Graph graph, Object model) {
        Site site = sites.get(entry.tensor());
        if (site == null) throw unknown(entry.tensor(), sites, graph, model);
        if (site.refusal() != null)
            throw wrong(
                    entry, "tensor", site.refusal().problem(), site.refusal().fix());
        return site;
    }

    private static AlephException unknown(String name, Map<String, Site> sites, Graph graph, Object model) {
        List<String> usable = sites.values().stream()
                .filter(site -> site.refusal() == null)
                .map(Site::name)
                .toList();
        String problem = "no tensor '" + name + "' in " + model;
        Refusal nothing = Unusable.of(graph);
        return wrong(
                "tensor",
                nothing == null
                        ? new Refusal(problem, Nearest.hint(name, usable))
                        : new Refusal(problem + ", and " + nothing.problem(), nothing.fix()));
    }

    /** Binds an entry; the first to name a tensor adds its shipped values to the map. */
    static Parameters bind(AlephEntry entry, Site site, int offset, Map<String, Tensor> shipped) {
        ElementType type = site.type();
        check(entry, site, type);
        Slice slice = slice(entry, site);
        int[] shape = shape(entry, slice.shape());
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (offset + (long) count > Aleph.MAX_PARAMETERS)
            throw wrong(
                    entry,
                    "per",
                    "makes it " + (offset + (long) count) + " parameters, over the limit of " + Aleph.MAX_PARAMETERS,
                    "use a slice, per: channel or per: tensor");
        int inner = Parameters.inner(entry.per(), entry.axis(), slice.shape());
        Tensor base = shipped.computeIfAbsent(site.name(), name -> base(site, type));
        Parameters bare = new Parameters(entry, slice, shape, inner, offset, new double[count], base);
        if (site.kind() == Kind.INPUT) Initial.ship(bare);
        Initial.set(bare);
        return bare;
    }

    private static Tensor base(Site site, ElementType type) {
        if (site.shipped() != null) return TensorCodec.decode(site.shipped(), type);
        return new Tensor(type, site.shape(), TensorCodec.buffer((int) site.elements() * type.bytes()));
    }

    private static void check(AlephEntry e, Site site, ElementType type) {
        boolean integers = type.isInteger();
        if (integers && e.transform() != Transform.VALUE)
            throw wrong(e, "transform", "is " + type + ", which cannot be shifted or scaled", "use transform: value");
        if (site.kind() == Kind.INPUT) checkInput(e);
        if (e.choices().isEmpty()) checkRange(e, type, integers);
        else checkChoices(e, type, integers);
    }

    private static void checkInput(AlephEntry e) {
        String problem = "is a graph input, for which the model ships no value";
        if (e.transform() != Transform.VALUE || e.slice() != null)
            throw wrong(e, "transform", problem, "use transform: value without a slice");
        if (e.initial().isEmpty()) throw wrong(e, "initial", problem, "give its initial value");
    }

    private static void checkRange(AlephEntry e, ElementType type, boolean integers) {
        String range = "has the range [" + e.low() + ", " + e.high() + "]";
        if (!(e.low() < e.high())) throw wrong(e, "range", range, "give two different numbers, the lower one first");
        if (e.log() && e.low() <= 0 && e.low() != Double.NEGATIVE_INFINITY)
            throw wrong(e, "range", range + ", which a log scale cannot represent", "give bounds above 0");
        if (e.log() && e.transform() == Transform.SHIFT)
            throw wrong(e, "log", "has log with shift, whose default 0 has no logarithm", "use scale");
        if (e.step() <= 0 || Double.isInfinite(e.step()))
            throw wrong(e, "step", "has the step " + e.step(), "give a finite step above 0");
        if (integers && (isOutside(type, e.low()) || isOutside(type, e.high())))
            throw wrong(
                    e, "range", range + ", but " + type + " cannot hold its bounds", "give bounds that fit the type");
    }

    private static boolean isOutside(ElementType type, double bound) {
        return Double.isFinite(bound) && !type.holds(bound);
    }

    private static void checkChoices(AlephEntry e, ElementType type, boolean integers) {
        if (e.choices().size() < 2
                || e.choices().stream().distinct().count() < e.choices().size())
            throw wrong(e, "choices", "has the choices " + e.choices(), "give at least two, all different");
        if (e.log() || e.integer())
            throw wrong(e, "choices", "has choices with log or integer", "omit log and integer");
        for (double choice : e.choices())
            if (!Double.isFinite(choice) || (integers && (choice != Math.rint(choice) || !type.holds(choice))))
                throw wrong(e, "choices", "has the choice " + choice + ", which " + type + " cannot hold", "remove it");
    }

    private static Slice slice(AlephEntry entry, Site site) {
        try {
            return Slice.of(entry.slice(), site.shape());
        } catch (AlephException e) {
            String where = "tensor '" + entry.tensor() + "' of shape " + Arrays.toString(site.shape());
            throw wrong("slice", e.refusal().in(where));
        }
    }

    private static int[] shape(AlephEntry entry, int[] sliced) {
        return switch (entry.per()) {
            case ELEMENT -> sliced;
            case TENSOR -> new int[0];
            case CHANNEL -> {
                if (entry.axis() < 0 || entry.axis() >= sliced.length)
                    throw wrong(
                            entry,
                            "axis",
                            "has the channel axis " + entry.axis() + " but shape " + Arrays.toString(sliced),
                            "give one of its dimensions, from 0");
                yield new int[] {sliced[entry.axis()]};
            }
        };
    }

    static AlephException wrong(AlephEntry entry, String field, String problem, String fix) {
        return wrong(field, new Refusal("tensor '" + entry.tensor() + "' " + problem, fix));
    }

    /** About a field of the entry being bound; {@link Aleph#bind} knows which entry that is. */
    private static AlephException wrong(String field, Refusal refusal) {
        return new AlephException(refusal, new Field(UNPLACED, field), null);
    }

    static AlephException placed(AlephException e, int entry) {
        return new AlephException(
                e.refusal(), new Field(entry, e.field().map(Field::name).orElse("tensor")), e);
    }
}
