package io.afterlearner.local.cli.retrofit;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.report.Delivery;
import io.afterlearner.report.Numbers;
import io.afterlearner.report.Result;
import io.afterlearner.report.SplitResult;
import io.afterlearner.report.SplitResult.Measured;
import java.nio.file.Path;
import java.util.Locale;

/** What a person wants to know at the end, in a few lines. */
final class Summary {
    private final Console console;
    private final Result result;
    private final Path folder;

    Summary(Console console, Result result, Path folder) {
        this.console = console;
        this.result = result;
        this.folder = folder;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        String outcome = result.improved()
                ? console.green("improved")
                : "kept: no candidate beat the shipped model, which stays as it is";
        text.append(console.bold(result.spec().getStudy()))
                .append("  ")
                .append(outcome)
                .append('\n');
        text.append(split("search", result.search())).append(split("test", result.test()));
        text.append(String.format(
                Locale.ROOT,
                "  %d asked = %d told + %d failed + %d expired, %.1f s, %s candidates/s%n",
                result.asked(),
                result.told(),
                result.failed(),
                result.expired(),
                result.seconds(),
                Numbers.of(result.candidatesPerSecond())));
        text.append("  ").append(folder.resolve(Delivery.REPORT)).append('\n');
        text.append("  ").append(folder.resolve(Delivery.MODEL)).append('\n');
        return text.toString();
    }

    private static String split(String name, SplitResult split) {
        Measured difference = split.difference();
        return String.format(
                Locale.ROOT,
                "  %-7s %s → %s  %s  difference %s, 95%% interval [%s, %s]%n",
                name,
                Numbers.of(split.baseline().value()),
                Numbers.of(split.retrofitted().value()),
                Numbers.change(split.baseline().value(), split.retrofitted().value()),
                Numbers.signed(difference.value()),
                Numbers.signed(difference.low()),
                Numbers.signed(difference.high()));
    }
}
