package io.afterlearner.local.cli.bench;

import io.afterlearner.benchmarks.quality.QualityFigures;
import io.afterlearner.benchmarks.quality.QualityRow;
import io.afterlearner.benchmarks.quality.QualitySet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What {@code bench quality} prints for people: one line per cell, then one per set with its target. */
final class BenchQualityTable {
    static final String HEADER = "optimizer             problem               dim  workers  budget      median"
            + "       NGOpt  to NGOpt        best   to best  best is";

    private BenchQualityTable() {}

    static void print(BenchOutput output, QualityRow row) {
        output.row(
                row.line(),
                "%-20s  %-20s  %3d  %7d  %6d  %10.4g  %10s  %8s  %10.4g  %8.3g  %s",
                row.optimizer(),
                row.cell().problem(),
                row.cell().dimension(),
                row.cell().workers(),
                row.cell().budget(),
                row.median(),
                row.ngopt().isPresent() ? text("%.4g", row.ngopt().getAsDouble()) : "-",
                row.ngopt().isPresent() ? text("%.3g", row.toNgopt()) : "-",
                row.best(),
                row.toBest(),
                row.bestName());
    }

    /** The last two columns show how much of the mean ratio is due to the clip of 1e-9. */
    static String of(List<QualityFigures> figures) {
        String header = String.format(
                "%-15s  %-7s  %5s  %14s  %10s  %-24s  %7s  %15s",
                "set", "against", "cells", "better or tied", "mean ratio", "target", "at clip", "of a thousandth");
        return Stream.concat(Stream.of("", header), figures.stream().map(BenchQualityTable::line))
                .collect(Collectors.joining("\n"));
    }

    private static String line(QualityFigures figures) {
        return String.format(
                Locale.ROOT,
                "%-15s  %-7s  %5d  %14s  %10.3g  %-24s  %7d  %15.3g",
                figures.set().label(),
                figures.set().against(),
                figures.cells(),
                text("%d, ", figures.betterOrTied()) + text("%.0f %%", 100 * figures.share()),
                figures.ratio(),
                target(figures),
                figures.clipped(),
                figures.thousandthRatio());
    }

    private static String target(QualityFigures figures) {
        QualitySet set = figures.set();
        List<String> targets = new ArrayList<>();
        if (set.targetShare() > 0) {
            targets.add(text("%.0f %%", 100 * set.targetShare()));
        }
        if (set.targetRatio() > 0) {
            targets.add(text("ratio %.1f", set.targetRatio()));
        }
        return String.join(", ", targets) + (figures.met() ? ": met" : ": missed");
    }

    private static String text(String format, Object value) {
        return String.format(Locale.ROOT, format, value);
    }
}
