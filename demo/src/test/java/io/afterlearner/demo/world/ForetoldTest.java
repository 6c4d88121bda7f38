package io.afterlearner.demo.world;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.demo.world.AccountsWorld.Clients;
import io.afterlearner.feedback.core.forecast.Baseline;
import io.afterlearner.feedback.core.forecast.Forecast;
import io.afterlearner.feedback.core.forecast.Traffic;
import io.afterlearner.feedback.core.judge.Hold;
import io.afterlearner.feedback.core.judge.JudgingPlan;
import io.afterlearner.feedback.core.metric.Tally;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code online plan} foretells, compared with what happens. Seeds are fixed; {@code -Pthorough} runs more of them. */
class ForetoldTest {
    private static final boolean THOROUGH = Boolean.getBoolean("afterlearner.thorough");
    private static final int SEEDS = THOROUGH ? 25 : 5;
    private static final double LIFT = 0.4;
    private static final Duration STEP = Duration.ofMinutes(30);
    private static final double MOST_MILLIS = Duration.ofDays(60).toMillis();
    private static final int PILOT_EXPOSURES = 1_000;

    /** Times from the begin in milliseconds; infinite if it did not happen. */
    private record Happened(double searched, double promoted) {}

    static List<AccountsKind> kinds() {
        List<String> names = THOROUGH
                ? List.of("60 accounts", "100 accounts", "200 accounts", "2,000 accounts", "requests")
                : List.of("2,000 accounts", "requests");
        return AccountsTest.kinds().stream()
                .filter(kind -> names.contains(kind.name()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theForetoldTimesAreWithinAFactorOfTwoOfTheMedians(AccountsKind kind) {
        Forecast forecast = forecast(kind);
        List<Happened> worlds = LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(seed -> happened(new AccountsWorld(kind.lifted(LIFT), Clients.ONE, seed)))
                .toList();
        compare(
                kind,
                "search",
                (double) forecast.timing().searchMillis(kind.budget()),
                median(worlds, Happened::searched));
        compare(kind, "promotion", (double) forecast.promotionMillis(LIFT), median(worlds, Happened::promoted));
    }

    private static void compare(AccountsKind kind, String what, double foretold, double observed) {
        String line = String.format(
                "%s: %s foretold %.1f h, median %.1f h", kind.name(), what, foretold / 3_600_000, observed / 3_600_000);
        System.out.println(line);
        assertTrue(foretold <= 2 * observed && observed <= 2 * foretold, line);
    }

    private static double median(List<Happened> worlds, ToDoubleFunction<Happened> time) {
        double[] sorted = worlds.stream().mapToDouble(time).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }

    /** From what is seen of the shipped model before the study. */
    static Forecast forecast(AccountsKind kind) {
        AccountsWorld pilot = new AccountsWorld(kind, Clients.ONE, 0);
        long begin = pilot.study.now;
        JudgingPlan plan = pilot.study.state.plan();
        while (pilot.study.state.watch().champion().control().exposures() < PILOT_EXPOSURES) {
            pilot.run(STEP);
        }
        var control = pilot.study.state.watch().champion().control();
        double days = (pilot.study.now - begin - plan.windowMillis())
                / (double) Duration.ofDays(1).toMillis();
        Tally goal = control.goal();
        Baseline baseline = new Baseline(
                plan.metric().level(goal),
                plan.metric().range().width() * Math.sqrt(goal.sums().variance()));
        double perDay = control.exposures() / plan.controlShare() / days;
        long horizonMillis = kind.accounts() == 0 ? 0 : plan.windowMillis();
        return new Forecast(plan, new Traffic(perDay, horizonMillis), baseline, List.of(), begin, Long.MAX_VALUE);
    }

    private static Happened happened(AccountsWorld world) {
        long begin = world.study.now;
        double searched = Double.POSITIVE_INFINITY;
        double promoted = Double.POSITIVE_INFINITY;
        while (world.study.state.hold() == Hold.NONE && world.study.now - begin < MOST_MILLIS) {
            world.run(STEP);
            double now = world.study.now - begin;
            if (world.study.state.settled() >= world.study.state.plan().budget()) {
                searched = Math.min(searched, now);
            }
            if (world.study.promotions() > 0) {
                promoted = Math.min(promoted, now);
            }
            if (Double.isFinite(searched) && Double.isFinite(promoted)) {
                break;
            }
        }
        return new Happened(searched, promoted);
    }
}
