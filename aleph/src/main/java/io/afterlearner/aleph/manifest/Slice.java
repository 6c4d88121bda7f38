package io.afterlearner.aleph.manifest;

import io.afterlearner.aleph.AlephException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a tensor, in NumPy's basic slice notation: integers, {@code from:to:step} with a positive step, and one {@code ...}. Unlike
 * NumPy's, bounds outside the tensor are rejected: they are probably mistakes.
 *
 * @param shape dimensions of the part; an integer in the notation removes its dimension
 * @param elements row-major positions of the part's elements in the whole; null if the part is the whole tensor
 */
record Slice(int[] shape, int @Nullable [] elements) {

    private record Range(int from, int count, int step, boolean kept) {}

    static Slice of(@Nullable String text, long[] whole) {
        int[] dims = Arrays.stream(whole).mapToInt(Math::toIntExact).toArray();
        if (text == null) return new Slice(dims, null);
        List<Range> ranges = ranges(text, dims);
        int[] shape = ranges.stream().filter(Range::kept).mapToInt(Range::count).toArray();
        int[] elements = {0};
        for (int d = 0; d < dims.length; d++) elements = refine(elements, ranges.get(d), dims[d]);
        return new Slice(shape, elements);
    }

    private static int[] refine(int[] outer, Range range, int dim) {
        int[] inner = new int[Math.multiplyExact(outer.length, range.count)];
        int k = 0;
        for (int base : outer)
            for (int i = 0; i < range.count; i++) inner[k++] = base * dim + range.from + i * range.step;
        return inner;
    }

    private static List<Range> ranges(String text, int[] dims) {
        List<String> parts = new ArrayList<>(List.of(text.replace(" ", "").split(",", -1)));
        int dots = parts.indexOf("...");
        int named = parts.size() - (dots >= 0 ? 1 : 0);
        if (named > dims.length)
            throw wrong(text, "has " + named + " parts for a tensor of " + dims.length + " dimensions");
        int at = dots >= 0 ? dots : parts.size();
        if (dots >= 0) parts.remove(dots);
        while (parts.size() < dims.length) parts.add(at, ":");
        List<Range> ranges = new ArrayList<>();
        for (int d = 0; d < dims.length; d++) ranges.add(range(parts.get(d), dims[d], text));
        return ranges;
    }

    private static Range range(String part, int dim, String text) {
        String[] bounds = part.split(":", -1);
        if (bounds.length > 3) throw wrong(text, "has the part '" + part + "' with more than two colons");
        if (bounds.length == 1) return new Range(bound(bounds[0], 0, dim, dim - 1, text), 1, 1, false);
        int from = bound(bounds[0], 0, dim, dim, text);
        int to = bound(bounds[1], dim, dim, dim, text);
        int step = bounds.length == 3 && !bounds[2].isEmpty() ? integer(bounds[2], text) : 1;
        if (step < 1) throw wrong(text, "has the step " + step + ", which must be at least 1");
        if (to <= from) throw wrong(text, "has the part '" + part + "', which selects nothing");
        return new Range(from, (to - from - 1) / step + 1, step, true);
    }

    private static int bound(String bound, int absent, int dim, int most, String text) {
        if (bound.isEmpty()) {
            if (most < dim) throw wrong(text, "has nothing between two commas, or before or after one");
            return absent;
        }
        int index = integer(bound, text);
        int resolved = index < 0 ? index + dim : index;
        if (resolved < 0 || resolved > most)
            throw wrong(text, "has the bound " + index + ", outside a dimension of size " + dim);
        return resolved;
    }

    private static int integer(String number, String text) {
        try {
            return Integer.parseInt(number);
        } catch (NumberFormatException e) {
            throw wrong(text, "has '" + number + "' instead of an integer");
        }
    }

    private static AlephException wrong(String text, String what) {
        return new AlephException("slice '" + text + "' " + what, "write it like 0:10,:");
    }
}
