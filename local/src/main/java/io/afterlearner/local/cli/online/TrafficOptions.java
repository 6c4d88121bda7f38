package io.afterlearner.local.cli.online;

import io.afterlearner.study.InputException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is known of the traffic and of the shipped model. */
public final class TrafficOptions {
    @Option(
            names = "--units-per-day",
            paramLabel = "N",
            description =
                    "Units (users, sessions or requests, as online.unit says) that come in a day; with a horizon above a"
                            + " day, those that come within a horizon. Not for a study with slices.")
    @Nullable
    Double unitsPerDay;

    @Option(
            names = "--visits-per-unit",
            paramLabel = "N",
            description =
                    "Visits of a user or session in a day that are at least one horizon apart: each of them is one"
                            + " observation (default: 1).")
    @Nullable
    Double visitsPerUnit;

    @Option(
            names = "--baseline",
            paramLabel = "LEVEL",
            description =
                    "Mean of the metric's values with the shipped model: for a rate its level, such as 0.04; for a sum the"
                            + " mean sum per unit and horizon. With slices: the mean over slices of each one's mean, sum or"
                            + " quantile; for a rate the share of slices with a value above 0.")
    @Nullable
    Double baseline;

    @Option(
            names = "--sd",
            paramLabel = "SD",
            description =
                    "Standard deviation of these values, with slices between slices. Not for a rate, whose level gives it.")
    @Nullable
    Double deviation;

    @Option(
            names = "--guardrail",
            paramLabel = "METRIC=MEAN[,SD]",
            description =
                    "The same for the metric of a guardrail, such as errors=0.01 for a rate or latencyMillis=120,60."
                            + " Values of p50, p95 and p99 are assumed to be log-normal, but those per slice are averaged."
                            + " Repeat the option for each metric.")
    List<String> guardrails = List.of();

    public boolean areGiven() {
        return unitsPerDay != null
                || visitsPerUnit != null
                || baseline != null
                || deviation != null
                || !guardrails.isEmpty();
    }

    static double required(String option, @Nullable Double value, String what) {
        if (value == null) {
            throw wrong(option + " is missing; give " + what);
        }
        return value;
    }

    static InputException wrong(String what) {
        return new InputException("afterlearner: " + what);
    }
}
