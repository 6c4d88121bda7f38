package io.afterlearner.aleph.manifest;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.AlephException.Field;
import io.afterlearner.aleph.Nearest;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.Tensor.ElementType;
import io.afterlearner.aleph.graph.TensorCodec;
import io.afterlearner.aleph.manifest.AlephEntry.Transform;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Binds one entry of a manifest to the tensor it names, and rejects an entry that does not fit. */
final class Entries {
    private static final int UNPLACED = -1;

    private Entries() {}

    static Site site(AlephEntry entry, Map<String, Site> sites, Object model) {
        Site site = sites.get(entry.tensor());
        if (site == null)
            throw wrong(
                    "tensor", "no tensor '" + entry.tensor() + "' in " + model + nearest(entry.tensor(), sites), null);
        if (site.refusal() != null) throw wrong(entry, "tensor", site.refusal());
        return site;
    }

    private static String nearest(String name, Map<String, Site> sites) {
        List<String> usable = sites.values().stream()
                .filter(site -> site.refusal() == null)
                .map(Site::name)
                .toList();
        return usable.isEmpty() ? ": none of its tensors can be ℵ" : Nearest.hint(name, usable);
    }

    /** Binds an entry; the first to name a tensor adds its shipped values to the map. */
    static Parameters bind(AlephEntry written, Site site, int offset, Map<String, Tensor> shipped) {
        ElementType type = site.type();
        AlephEntry entry = checked(written, site, type);
        Slice slice = slice(entry, site);
        int[] shape = shape(entry, slice.shape());
        int count = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        if (offset + (long) count > Aleph.MAX_PARAMETERS)
            throw wrong(
                    entry,
                    "per",
                    "makes it " + (offset + (long) count) + " parameters, over the limit of " + Aleph.MAX_PARAMETERS
                            + ": use a slice, per: channel or per: tensor");
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

    private static AlephEntry checked(AlephEntry e, Site site, ElementType type) {
        boolean integers = IntegerRange.isInteger(type);
        if (integers && e.transform() != Transform.VALUE)
            throw wrong(e, "transform", "is " + type + ", which only transform: value can move");
        if (site.kind() == Kind.INPUT) checkInput(e);
        if (e.choices().isEmpty()) checkRange(e, type, integers);
        else checkChoices(e, type, integers);
        if (!integers || e.integer() || !e.choices().isEmpty()) return e;
        return new AlephEntry(
                e.tensor(),
                e.slice(),
                e.transform(),
                e.per(),
                e.axis(),
                e.low(),
                e.high(),
                e.log(),
                true,
                e.step(),
                e.choices(),
                e.ordered(),
                e.initial());
    }

    private static void checkInput(AlephEntry e) {
        if (e.transform() != Transform.VALUE || e.slice() != null)
            throw wrong(
                    e,
                    "transform",
                    "is a graph input, which the model ships no value for: use transform: value on the whole of it");
        if (e.initial().isEmpty())
            throw wrong(e, "initial", "is a graph input, which the model ships no value for: give its initial value");
    }

    private static void checkRange(AlephEntry e, ElementType type, boolean integers) {
        if (!(e.low() < e.high()))
            throw wrong(
                    e,
                    "range",
                    "has the range [" + e.low() + ", " + e.high() + "]: let the first be less than the second");
        if (e.log() && e.low() <= 0 && e.low() != Double.NEGATIVE_INFINITY)
            throw wrong(e, "range", "has log with the lower bound " + e.low() + ": a log scale needs bounds above 0");
        if (e.log() && e.transform() == Transform.SHIFT)
            throw wrong(e, "log", "has log with shift, whose default 0 has no logarithm: use scale");
        if (e.step() <= 0 || Double.isInfinite(e.step()))
            throw wrong(e, "step", "has the step " + e.step() + ": let it be above 0");
        if (integers && (isOutside(type, e.low()) || isOutside(type, e.high())))
            throw wrong(e, "range", "is " + type + ", which cannot hold the range [" + e.low() + ", " + e.high() + "]");
    }

    private static boolean isOutside(ElementType type, double bound) {
        return Double.isFinite(bound) && !IntegerRange.holds(type, bound);
    }

    private static void checkChoices(AlephEntry e, ElementType type, boolean integers) {
        if (e.choices().size() < 2
                || e.choices().stream().distinct().count() < e.choices().size())
            throw wrong(e, "choices", "has the choices " + e.choices() + ": give at least two, all different");
        if (e.log() || e.integer()) throw wrong(e, "choices", "has choices with log or integer: omit log and integer");
        for (double choice : e.choices())
            if (!Double.isFinite(choice) || (integers && (choice != Math.rint(choice) || isOutside(type, choice))))
                throw wrong(e, "choices", "has the choice " + choice + ", which " + type + " cannot hold");
    }

    private static Slice slice(AlephEntry entry, Site site) {
        try {
            return Slice.of(entry.slice(), site.shape());
        } catch (AlephException e) {
            String where = "tensor '" + entry.tensor() + "' of shape " + Arrays.toString(site.shape());
            throw wrong("slice", where + ": " + e.getMessage(), e);
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
                            "has the channel axis " + entry.axis() + " for shape " + Arrays.toString(sliced)
                                    + ": give one of its dimensions, from 0");
                yield new int[] {sliced[entry.axis()]};
            }
        };
    }

    static AlephException wrong(AlephEntry entry, String field, String what) {
        return wrong(field, "tensor '" + entry.tensor() + "' " + what, null);
    }

    /** About a field of the entry being bound; {@link Aleph#bind} knows which entry that is. */
    private static AlephException wrong(String field, String message, @Nullable Throwable cause) {
        return new AlephException(new Field(UNPLACED, field), message, cause);
    }

    /** The same error, placed in the manifest. */
    static AlephException placed(AlephException e, int entry) {
        String field = e.field().map(Field::name).orElse("tensor");
        return new AlephException(new Field(entry, field), String.valueOf(e.getMessage()), e);
    }
}
