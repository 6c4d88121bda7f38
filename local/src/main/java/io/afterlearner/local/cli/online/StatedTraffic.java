package io.afterlearner.local.cli.online;

import io.afterlearner.feedback.core.forecast.Traffic;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.report.words.Numbers;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.Unit;
import io.afterlearner.study.InputException;
import io.afterlearner.study.yaml.Times;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reads the options that say how many units come. */
final class StatedTraffic {
    private static final double MOST_UNITS = 1e9;
    private static final double MOST_VISITS = 1e6;
    private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

    private StatedTraffic() {}

    /** @throws InputException if the options do not fit the study */
    static Traffic of(OnlineSpec online, TrafficOptions options) {
        if (StudyPlan.isSliced(online)) {
            if (options.unitsPerDay != null || options.visitsPerUnit != null) {
                throw TrafficOptions.wrong(
                        "--units-per-day and --visits-per-unit are not for a study with online.slice, whose units are slices of"
                                + " time; omit them");
            }
            return Traffic.ofSlices(online.getSliceMillis());
        }
        double units = within(
                "--units-per-day",
                TrafficOptions.required(
                        "--units-per-day", options.unitsPerDay, "the units that come in a day, such as 5000"),
                MOST_UNITS);
        return Traffic.of(units, visits(online, options.visitsPerUnit), JudgingPlans.horizonMillis(online));
    }

    private static double visits(OnlineSpec online, @Nullable Double stated) {
        if (stated == null) {
            return 1;
        }
        if (online.getUnit() == Unit.REQUEST) {
            throw TrafficOptions.wrong("--visits-per-unit is not for requests, which do not return; omit it");
        }
        double visits = within("--visits-per-unit", stated, MOST_VISITS);
        long horizon = JudgingPlans.horizonMillis(online);
        double most = Math.max(1, DAY_MILLIS / horizon);
        if (visits > most) {
            throw TrafficOptions.wrong(
                    "--visits-per-unit must be at most " + Words.atMost(most) + ", not " + Numbers.of(visits)
                            + ", because all visits within a horizon, which is " + Times.text(horizon)
                            + ", are one observation; count only visits that are at least one horizon apart");
        }
        return visits;
    }

    private static double within(String option, double value, double most) {
        if (!(value >= 1 && value <= most)) {
            throw TrafficOptions.wrong(option + " must be 1 to " + Words.number(most) + ", not " + Words.exact(value)
                    + "; give a number in this range");
        }
        return value;
    }
}
