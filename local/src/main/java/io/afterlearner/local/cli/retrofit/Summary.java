package io.afterlearner.local.cli.retrofit;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.report.Delivery;
import io.afterlearner.report.result.Result;
import io.afterlearner.report.result.SplitResult;
import io.afterlearner.report.result.SplitResult.Interval;
import io.afterlearner.report.result.SplitResult.Measured;
import io.afterlearner.report.words.Numbers;
import java.nio.file.Path;
import java.util.Locale;

/** The result of a retrofit in a few lines. */
record Summary(Console console, Result result, Path folder) {

    String text() {
        String outcome = result.improved()
                ? console.green("improved")
                : "kept: no candidate beat the shipped model, so its values are kept";
        return String.format(
                Locale.ROOT,
                "%s  %s%n%s%s  %d asked = %d told + %d failed + %d expired, %.1f s, %s candidates/s%n  %s%n  %s%n",
                console.bold(result.spec().getStudy()),
                outcome,
                split("search", result.search()),
                split("test", result.test()),
                result.asked(),
                result.told(),
                result.failed(),
                result.expired(),
                result.seconds(),
                Numbers.of(result.candidatesPerSecond()),
                folder.resolve(Delivery.REPORT),
                folder.resolve(Delivery.MODEL));
    }

    private static String split(String name, SplitResult split) {
        Measured difference = split.difference();
        Interval interval = difference.interval();
        return String.format(
                Locale.ROOT,
                "  %-7s %s → %s  %s  difference %s, 95%% interval %s%n",
                name,
                Numbers.of(split.baseline().value()),
                Numbers.of(split.retrofitted().value()),
                Numbers.change(split.baseline().value(), split.retrofitted().value()),
                Numbers.signed(difference.value()),
                interval == null
                        ? "unknown"
                        : "[" + Numbers.signed(interval.low()) + ", " + Numbers.signed(interval.high()) + "]");
    }
}
