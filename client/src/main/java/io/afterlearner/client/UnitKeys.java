package io.afterlearner.client;

import java.util.List;
import java.util.function.Supplier;

/** The keys of units: the first one makes pseudonyms; the others made those of older records. Thread-safe. */
public final class UnitKeys {
    private final Supplier<List<UnitKey>> keys;

    public UnitKeys(Secrets secrets) {
        keys = secrets.derive(all -> all.stream().map(UnitKey::new).toList());
    }

    /** The key that makes pseudonyms. */
    public UnitKey current() {
        return keys.get().get(0);
    }

    /** All keys, the current one first. */
    public List<UnitKey> all() {
        return keys.get();
    }
}
