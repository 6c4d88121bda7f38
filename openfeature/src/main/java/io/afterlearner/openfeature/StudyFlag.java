package io.afterlearner.openfeature;

import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.Value;
import io.afterlearner.schemas.Arms;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An online study as flags: the study's own, an object with all groups, and {@code flag.group}, a number or a list of numbers.
 *
 * <pre>{@code
 * StudyFlag.of("ranking", "ranking-1a2b3c4d")
 *         .group("weights", 0, 0, 0)              // the entries of the study's aleph, in its order, with their shipped values
 *         .group("threshold", 0.5)
 *         .choice("depth", 4, 2, 4, 8)            // an entry with choices: [2, 4, 8]; 4 is shipped
 *         .metrics("click", "revenue");           // tracked events with these names are reported
 * }</pre>
 *
 * <p>Groups may have other names than the study's entries, as long as none has the name of another entry. Once the study is known, order, sizes,
 * choices, shipped values and metrics are compared with it; a flag that does not describe its study serves nothing. Immutable.
 */
public final class StudyFlag {

    private record Place(Group group, int from) {
        Value of(double[] values) {
            return group.value(values, from);
        }

        boolean fits(double[] values) {
            return group.fits(values, from);
        }
    }

    private final String name;
    private final String study;
    private final List<Group> groups;
    private final Set<String> metrics;
    private final @Nullable String exposing;
    private final Map<String, Function<double[], Value>> values = new HashMap<>();
    private final Map<String, Place> places = new LinkedHashMap<>();

    private StudyFlag(String name, String study, List<Group> groups, Set<String> metrics, @Nullable String exposing) {
        this.name = name;
        this.study = study;
        this.groups = groups;
        this.metrics = metrics;
        this.exposing = exposing;
        int from = 0;
        for (Group group : groups) {
            Place place = new Place(group, from);
            if (places.put(group.name(), place) != null) {
                throw new IllegalArgumentException(
                        "flag " + name + " has two groups " + group.name() + "; give each a name of its own");
            }
            values.put(name + "." + group.name(), place::of);
            from += group.size();
        }
        values.put(name, this::all);
    }

    /**
     * A study without groups yet.
     *
     * @param name of the flag, as the application chooses it
     * @param study its identity, which {@code study list} shows
     */
    public static StudyFlag of(String name, String study) {
        if (name.isBlank() || study.isBlank()) {
            throw new IllegalArgumentException(
                    "flag \"" + name + "\" of study \"" + study + "\": one of them is empty; give both");
        }
        return new StudyFlag(name, study, List.of(), Set.of(), null);
    }

    /** Adds the next entry of the study's {@code aleph}, with the shipped value of each of its parameters, row-major. */
    public StudyFlag group(String group, double... shipped) {
        return with(new Group(group, boxed(shipped), List.of()));
    }

    /**
     * Adds the next entry of the study's {@code aleph}, one parameter that has choices: the flag's value is the choice.
     *
     * @param shipped one of the choices
     * @param choices as in study.yaml, in its order
     */
    public StudyFlag choice(String group, double shipped, double... choices) {
        int index = boxed(choices).indexOf(shipped);
        if (index < 0) {
            throw new IllegalArgumentException("group " + group + " has the shipped value " + shipped
                    + ", which is none of its choices " + Arrays.toString(choices) + "; give the study's choices");
        }
        return with(new Group(group, List.of((double) index), boxed(choices)));
    }

    private static List<Double> boxed(double... values) {
        return Arrays.stream(values).boxed().toList();
    }

    private StudyFlag with(Group added) {
        return new StudyFlag(
                name, study, Stream.concat(groups.stream(), Stream.of(added)).toList(), metrics, exposing);
    }

    /** Sets the metrics of the study that the application reports: tracked events with other names are not this study's. */
    public StudyFlag metrics(String... names) {
        return new StudyFlag(name, study, groups, new HashSet<>(List.of(names)), exposing);
    }

    /**
     * Sets the tracked event that says that a unit met what it was served, such as "page shown". Without it, an evaluation says so. With it, an
     * evaluation records nothing, for an application that evaluates what a unit may never meet; the unit counts once this event, or a
     * metric, is tracked for it.
     */
    public StudyFlag exposedBy(String event) {
        return new StudyFlag(name, study, groups, metrics, event);
    }

    boolean isExposedApart() {
        return exposing != null;
    }

    boolean isExposedBy(String event) {
        return event.equals(exposing);
    }

    String study() {
        return study;
    }

    boolean hasMetric(String metric) {
        return metrics.contains(metric);
    }

    /** ℵ₀, as the client library takes it. */
    double[] shipped() {
        return groups.stream()
                .flatMap(group -> group.shipped().stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
    }

    /** The names of its flags. */
    Set<String> keys() {
        return values.keySet();
    }

    /** Why this does not describe the study with these arms, and how to fix it; empty if it does. */
    String problem(Arms arms) {
        return FlagCheck.problem(name, groups, metrics, arms);
    }

    /** Whether these can be values of the study that the groups describe. */
    boolean fits(double[] served) {
        return served.length == groups.stream().mapToInt(Group::size).sum()
                && places.values().stream().allMatch(place -> place.fits(served));
    }

    /** The value of one of its flags. */
    Value value(String key, double[] served) {
        return Objects.requireNonNull(values.get(key)).apply(served);
    }

    private Value all(double[] served) {
        Map<String, Value> all = new LinkedHashMap<>();
        places.forEach((group, place) -> all.put(group, place.of(served)));
        return new Value(new ImmutableStructure(all));
    }
}
