package io.afterlearner.feedback.shell;

import io.afterlearner.client.UnitKey;
import io.afterlearner.client.UnitKeys;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * Finds out whether another instance, or an application, replaces units by a key that this service does not have: each pseudonym
 * begins with the id of its key. Such a unit is counted once for each key, and cannot be forgotten. Thread-safe.
 */
public final class UnitKeyWatch {
    private static final Logger LOG = Logger.getLogger(UnitKeyWatch.class);
    private static final Pattern PSEUDONYM = Pattern.compile("([0-9a-f]{8})\\.[A-Za-z0-9_-]{22}");
    /** Older exposures may have the key of an earlier rotation. */
    private static final Duration RECENT = Duration.ofMinutes(5);
    /** How long after its last exposure a foreign key counts. */
    private static final Duration KEPT = Duration.ofMinutes(5);
    /** Whoever may write exposures can make up ids. */
    private static final int MAX_FOREIGN = 16;

    private final UnitKeys keys;
    private final LongSupplier nanos;
    /** When an exposure with the key was last seen, by the key's id. */
    private final Map<String, Long> foreign = new LinkedHashMap<>();

    /** @param nanos a clock that only goes forward */
    public UnitKeyWatch(UnitKeys keys, LongSupplier nanos) {
        this.keys = keys;
        this.nanos = nanos;
    }

    /** @param unit of an exposure; those of older versions are no pseudonyms */
    public void saw(String unit, long atMillis, long nowMillis) {
        Matcher pseudonym = PSEUDONYM.matcher(unit);
        if (pseudonym.matches() && nowMillis - atMillis < RECENT.toMillis()) {
            String id = pseudonym.group(1);
            if (!has(id)) {
                sawForeign(id);
            }
        }
    }

    private boolean has(String id) {
        return keys.all().stream().map(UnitKey::id).anyMatch(id::equals);
    }

    private synchronized void sawForeign(String id) {
        dropOld();
        boolean known = foreign.containsKey(id);
        if (known || foreign.size() < MAX_FOREIGN) {
            foreign.put(id, nanos.getAsLong());
        }
        if (!known && foreign.containsKey(id)) {
            LOG.errorf(
                    "UNIT KEYS DIFFER: units are replaced by a key with the id %s, which this instance does not have;"
                            + " its own are %s. Give all instances and applications the same keys (docs/privacy.md); until"
                            + " then units are counted twice, and cannot be forgotten",
                    id, keys.all().stream().map(UnitKey::id).toList());
        }
    }

    private void dropOld() {
        long now = nanos.getAsLong();
        Iterator<Map.Entry<String, Long>> all = foreign.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<String, Long> each = all.next();
            if (now - each.getValue() > KEPT.toNanos() || has(each.getKey())) {
                LOG.infof("no unit is replaced by the foreign key with the id %s any more", each.getKey());
                all.remove();
            }
        }
    }

    /** How many keys of recent exposures this instance does not have. */
    public synchronized int foreign() {
        dropOld();
        return foreign.size();
    }
}
