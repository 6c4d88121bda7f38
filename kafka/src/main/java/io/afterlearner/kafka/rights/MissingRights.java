package io.afterlearner.kafka.rights;

import io.afterlearner.schemas.cluster.Right;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rights that are missing now, and whether Kafka refuses the credentials. Logs one line when a right turns out to be missing,
 * and one when it is granted. A check replaces what earlier checks found. A right that only a failure shows counts as missing
 * until {@link #HELD} after the latest failure. Thread-safe.
 */
final class MissingRights {
    /** How long a failure counts that no check confirms. */
    static final Duration HELD = Duration.ofSeconds(30);

    /** Further rights are not remembered; the lists of rights that services need are shorter. */
    static final int MAX_REMEMBERED = 256;

    private static final System.Logger LOG = System.getLogger(MissingRights.class.getName());

    private final Predicate<Right> optional;
    private final LongSupplier nanos;
    private final Map<Missing, Long> failed = new HashMap<>();
    private Set<Missing> checked = Set.of();
    private Map<Right, Missing> known = new TreeMap<>();
    private @Nullable String refusal;

    /**
     * @param optional whether the process can do without a right
     * @param nanos a clock, such as {@link System#nanoTime}
     */
    MissingRights(Predicate<Right> optional, LongSupplier nanos) {
        this.optional = optional;
        this.nanos = nanos;
    }

    /** A check of all rights found these missing. */
    synchronized void checked(Set<Missing> missing) {
        checked = Set.copyOf(missing);
        settle();
    }

    /** Operations failed for want of these rights. */
    synchronized void failed(Collection<Right> rights) {
        rights.forEach(right -> failed.put(new Missing(right, false), nanos.getAsLong()));
        settle();
    }

    /** Kafka did not accept this process's credentials. */
    synchronized void refused(String reason) {
        if (refusal == null) {
            LOG.log(System.Logger.Level.ERROR, refusalLine(reason));
        }
        refusal = reason;
    }

    /** Kafka accepted this process's credentials on a new connection. */
    synchronized void accepted() {
        if (refusal != null) {
            LOG.log(System.Logger.Level.INFO, "Kafka accepts the credentials of this process again");
        }
        refusal = null;
    }

    /** Forgets failures that are long past, and logs what has changed. */
    synchronized void settle() {
        failed.values().removeIf(this::isOver);
        Map<Right, Missing> now = found();
        now.values().stream()
                .filter(missing -> !known.containsKey(missing.right()))
                .forEach(missing -> LOG.log(level(missing.right()), missing.line()));
        known.keySet().stream()
                .filter(right -> !now.containsKey(right))
                .forEach(right -> LOG.log(System.Logger.Level.INFO, "Kafka: the right to " + right + " was granted"));
        known = now;
    }

    private System.Logger.Level level(Right right) {
        return optional.test(right) ? System.Logger.Level.WARNING : System.Logger.Level.ERROR;
    }

    private Map<Right, Missing> found() {
        Set<Missing> all = new TreeSet<>(checked);
        all.addAll(failed.keySet());
        Map<Right, Missing> found = new TreeMap<>();
        all.stream().limit(MAX_REMEMBERED).forEach(missing -> found.put(missing.right(), missing));
        return found;
    }

    private boolean isOver(long sinceNanos) {
        return nanos.getAsLong() - sinceNanos >= HELD.toNanos();
    }

    /** The rights that are missing, sorted. */
    synchronized List<Right> rights() {
        return List.copyOf(known.keySet());
    }

    synchronized boolean isRefused() {
        return refusal != null;
    }

    /** What is wrong and how to fix it, a line each, by what is missing; empty if nothing is. */
    synchronized Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        if (refusal != null) {
            lines.put("credentials", refusalLine(refusal));
        }
        known.values().forEach(missing -> lines.put(missing.right().toString(), missing.line()));
        return lines;
    }

    private static String refusalLine(String reason) {
        return "Kafka: the credentials of this process are not accepted: " + reason
                + "; correct them under kafka.* and restart the process, or replace the file they are read from";
    }
}
