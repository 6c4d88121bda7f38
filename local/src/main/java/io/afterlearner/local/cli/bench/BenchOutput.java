package io.afterlearner.local.cli.bench;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import java.util.Locale;
import picocli.CommandLine.Option;

/** {@code --json}: what a bench measured, as JSON lines or as rows under a header. */
final class BenchOutput {
    final Console console;

    @Option(names = "--json", description = "Print one JSON object per line.")
    boolean json;

    BenchOutput(Console console) {
        this.console = console;
    }

    /** Lines for people only. */
    void text(String lines) {
        if (!json) {
            console.out().println(lines);
        }
    }

    /** One row: its fields, or its cells in a format. */
    void row(Object fields, String format, Object... cells) {
        console.out().println(json ? Json.line(fields) : String.format(Locale.ROOT, format, cells));
        console.out().flush();
    }
}
