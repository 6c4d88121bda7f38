package io.afterlearner.observability;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Meters by study and pool, for a limited number of studies. A study beyond the limit shares the meters of {@link #OTHER}, unless
 * a study that has ended gives its place up. The meters of a study are removed when it is deleted. Thread-safe.
 *
 * <pre>{@code
 * StudySeries<Counter> told = new StudySeries<>(registry, 100, group -> group.counter("afterlearner.told", "Candidates told."));
 * told.of("depth-1a2b3c4d", "gpu").increment();
 * told.ended("depth-1a2b3c4d");
 * told.remove("depth-1a2b3c4d");
 * }</pre>
 *
 * @param <M> the meters of one study
 */
public final class StudySeries<M> {
    /** Label of all studies, and of all pools, that have none of their own. */
    public static final String OTHER = "other";
    /** Name of the setting that limits the studies. */
    public static final String MAX_STUDIES = "afterlearner.metrics.max-studies";

    public static final int HIGHEST_MAX_STUDIES = 10_000;

    /** Pools with a label of their own among the studies beyond the limit. */
    private static final int MAX_POOLS = 50;

    private record Series<M>(MeterGroup group, M meters) {}

    private final MeterRegistry registry;
    private final int maxStudies;
    private final Function<MeterGroup, M> maker;
    private final Map<String, Series<M>> studies = new ConcurrentHashMap<>();
    private final Map<String, Series<M>> others = new ConcurrentHashMap<>();
    /** Studies with meters of their own that have ended, the one that ended first is first. */
    private final Set<String> ended = new LinkedHashSet<>();

    /**
     * @param maxStudies with a label of their own, 0 for none, at most {@link #HIGHEST_MAX_STUDIES}
     * @param maker registers a study's meters
     */
    public StudySeries(MeterRegistry registry, int maxStudies, Function<MeterGroup, M> maker) {
        this.registry = registry;
        this.maxStudies = maxStudies;
        this.maker = maker;
    }

    /** The meters of a study. They may change when another study comes, or after this one has ended, so do not keep them. */
    public M of(String study, String pool) {
        Series<M> known = studies.get(study);
        return known == null ? found(study, pool) : known.meters();
    }

    private synchronized M found(String study, String pool) {
        if (study.equals(OTHER) || !hasRoom(study)) {
            String label = others.containsKey(pool) || others.size() < MAX_POOLS ? pool : OTHER;
            return others.computeIfAbsent(label, other -> series(OTHER, other)).meters();
        }
        return studies.computeIfAbsent(study, own -> series(own, pool)).meters();
    }

    /** Makes room by removing the study that ended first. */
    private boolean hasRoom(String study) {
        if (studies.containsKey(study) || studies.size() < maxStudies) {
            return true;
        }
        Iterator<String> first = ended.iterator();
        if (!first.hasNext()) {
            return false;
        }
        remove(first.next());
        return true;
    }

    private Series<M> series(String study, String pool) {
        MeterGroup group = new MeterGroup(registry, Tags.of("study", study, "pool", pool));
        return new Series<>(group, maker.apply(group));
    }

    /** The study has ended: it keeps its meters until another study needs its place. */
    public synchronized void ended(String study) {
        if (studies.containsKey(study)) {
            ended.add(study);
        }
    }

    /** The study goes on after its end. */
    public synchronized void resumed(String study) {
        ended.remove(study);
    }

    /** The study was deleted, or another instance has it. */
    public synchronized void remove(String study) {
        ended.remove(study);
        Series<M> gone = studies.remove(study);
        if (gone != null) {
            gone.group().remove();
        }
    }
}
