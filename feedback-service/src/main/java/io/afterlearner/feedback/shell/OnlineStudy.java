package io.afterlearner.feedback.shell;

import io.afterlearner.feedback.core.exposure.Attribution;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.QueryRules;
import io.afterlearner.schemas.RatioRules;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The spec of an online study, and how its reports are counted.
 *
 * @param online the spec's online section
 */
public record OnlineStudy(StudySpec spec, OnlineSpec online, List<Attribution> attributions) {

    public OnlineStudy {
        attributions = List.copyOf(attributions);
    }

    /** Empty if the study is not online, or has settings that this version does not know. */
    public static Optional<OnlineStudy> of(StudySpec spec) {
        OnlineSpec online = spec.getOnline();
        try {
            return online == null
                    ? Optional.empty()
                    : Optional.of(new OnlineStudy(spec, online, JudgingPlans.attributions(online)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public String name() {
        return spec.getStudy();
    }

    /** A study that is deleted and created again has another. */
    public long incarnation() {
        return spec.getIncarnation();
    }

    /** Whether everybody gets the same candidate for a slice of time. */
    public boolean isSliced() {
        return online.getSliceMillis() > 0;
    }

    /** Whether candidates are told before the windows of their exposures are over. */
    public boolean isToldEarly() {
        return online.getTellAfterMillis() > 0;
    }

    /** Names of what is reported: metrics, and what ratios are divided by. */
    public List<String> metrics() {
        return names().filter(name -> QueryRules.promql(online, name) == null).toList();
    }

    /**
     * Why a value cannot be reported; null if it can.
     *
     * @param value finite
     */
    public @Nullable String problem(String metric, double value) {
        return value < 0 && RatioRules.denominators(online).contains(metric)
                ? "is " + value + ", but " + metric + " is what a ratio is divided by; send 0 or more"
                : null;
    }

    /** Whether values are adjusted by what their unit did before. */
    public boolean isAdjusted() {
        return attributions.get(0).metric().isAdjusted();
    }

    /** Names of the metrics that are queries. */
    public List<String> queries() {
        return names().filter(name -> QueryRules.promql(online, name) != null).toList();
    }

    /** Whether it has a metric of this name, reported or queried. */
    public boolean measures(String metric) {
        return names().anyMatch(metric::equals);
    }

    private Stream<String> names() {
        return Stream.concat(
                        attributions.stream()
                                .map(attribution -> attribution.metric().name()),
                        RatioRules.denominators(online).stream())
                .distinct();
    }
}
