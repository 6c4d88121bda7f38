package io.afterlearner.operator.resource;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The status of a {@link Study}. It has no state of trials: those stay in Kafka.
 *
 * @param observedGeneration of the spec that this status is about
 * @param study the study's id at the optimizer; null until it has one
 * @param specDigest of what cannot be changed once the optimizer has the study
 * @param suspended whether the operator paused it because of {@code spec.suspend}
 * @param figures null until the optimizer has the study
 * @param verdict null until there is one
 * @param champion the candidate that production serves, in an online study; null if unknown
 * @param output null unless the result is to be written
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Observed(
        @Nullable Long observedGeneration,
        @Nullable Phase phase,
        @Nullable String study,
        @Nullable String specDigest,
        @Nullable Boolean suspended,
        @Nullable Figures figures,
        @Nullable TestVerdict verdict,
        @Nullable Long champion,
        @Nullable Written output,
        @Nullable List<Condition> conditions) {
    public static final Observed NOTHING = new Observed(null, null, null, null, null, null, null, null, null, null);

    /**
     * Figures of the search; losses are rounded to six digits.
     *
     * @param progress scored candidates and budget, for people: {@code 120/300}
     * @param baselineLoss of candidate 0, the shipped model; null until it is scored
     * @param best number of the best candidate
     * @param bestLoss null until it is scored
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Figures(
            String progress,
            long budget,
            long asked,
            long told,
            long failed,
            long expired,
            @Nullable Double baselineLoss,
            long best,
            @Nullable Double bestLoss) {}

    /**
     * What the test split shows about the best candidate; losses are rounded to six digits.
     *
     * @param outcome kept, improved, worse or inconclusive
     * @param low lower end of the gain's interval
     * @param high upper end of the gain's interval
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record TestVerdict(
            String outcome,
            String reason,
            long candidate,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double shippedLoss,
            @Nullable Double candidateLoss) {}

    /**
     * The Job that writes the result.
     *
     * @param job its name, in the operator's namespace
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Written(String uri, String job) {}

    public Optional<Condition> condition(String type) {
        return conditions == null
                ? Optional.empty()
                : conditions.stream().filter(each -> each.type().equals(type)).findFirst();
    }

    public boolean isTrue(String type) {
        return condition(type).filter(Condition::isTrue).isPresent();
    }

    /** Whether the optimizer has the study that this status names. */
    @JsonIgnore
    public boolean isAccepted() {
        return study != null && isTrue(Condition.ACCEPTED);
    }

    /** The same status about a spec, with exactly these conditions. What did not change keeps its time. */
    public Observed about(long generation, Instant now, List<Condition> next) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        List<Condition> dated = new ArrayList<>();
        for (Condition each : next) {
            dated.add(each.since(condition(each.type()).orElse(null), time, generation));
        }
        return new Observed(
                generation,
                phase,
                study,
                specDigest,
                suspended,
                figures,
                verdict,
                champion,
                output,
                List.copyOf(dated));
    }

    public Observed in(Phase next) {
        return new Observed(
                observedGeneration, next, study, specDigest, suspended, figures, verdict, champion, output, conditions);
    }

    /** The same status with another id, or none. */
    public Observed named(@Nullable String id, @Nullable String digest) {
        return new Observed(
                observedGeneration, phase, id, digest, suspended, figures, verdict, champion, output, conditions);
    }

    public Observed suspended(@Nullable Boolean next) {
        return new Observed(
                observedGeneration, phase, study, specDigest, next, figures, verdict, champion, output, conditions);
    }

    public Observed showing(Figures nextFigures, @Nullable TestVerdict nextVerdict) {
        return new Observed(
                observedGeneration,
                phase,
                study,
                specDigest,
                suspended,
                nextFigures,
                nextVerdict,
                champion,
                output,
                conditions);
    }

    public Observed serving(@Nullable Long number) {
        return new Observed(
                observedGeneration, phase, study, specDigest, suspended, figures, verdict, number, output, conditions);
    }

    public Observed writing(@Nullable Written next) {
        return new Observed(
                observedGeneration, phase, study, specDigest, suspended, figures, verdict, champion, next, conditions);
    }
}
