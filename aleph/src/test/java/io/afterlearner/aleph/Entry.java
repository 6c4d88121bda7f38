package io.afterlearner.aleph;

import io.afterlearner.aleph.manifest.AlephEntry;
import io.afterlearner.aleph.manifest.AlephEntry.Granularity;
import io.afterlearner.aleph.manifest.AlephEntry.Transform;
import java.util.List;

/** Manifest entries that tests use often. */
public final class Entry {
    private Entry() {}

    public static AlephEntry shift(String tensor) {
        return AlephEntry.of(tensor, Transform.SHIFT, Granularity.ELEMENT);
    }

    public static AlephEntry scale(String tensor) {
        return AlephEntry.of(tensor, Transform.SCALE, Granularity.ELEMENT);
    }

    public static AlephEntry input(String tensor, double initial) {
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
