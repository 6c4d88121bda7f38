package io.afterlearner.local.cli.console;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress, notes and errors
 * @param live whether {@code err} is a terminal whose last line can be overwritten
 * @param colour whether {@code out} shows colours
 * @param columns width of the terminal
 */
public record Console(PrintWriter out, PrintWriter err, boolean live, boolean colour, int columns) {
    private static final int DEFAULT_COLUMNS = 80;

    /** The console of this process. The launcher script passes which streams are terminals. */
    public static Console ofProcess() {
        boolean plain =
                !Objects.requireNonNullElse(System.getenv("NO_COLOR"), "").isEmpty();
        return new Console(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Boolean.getBoolean("afterlearner.terminal.err"),
                Boolean.getBoolean("afterlearner.terminal.out") && !plain,
                Integer.getInteger("afterlearner.terminal.columns", DEFAULT_COLUMNS));
    }

    /** Prints a line about the progress of the command to {@code err}. */
    public void note(String line) {
        err.println(line);
        err.flush();
    }

    public String bold(String text) {
        return styled(text, "1");
    }

    public String green(String text) {
        return styled(text, "32");
    }

    /** A dimmed {@link #note}. */
    public void aside(String line) {
        note(live && colour ? "\u001b[2m" + line + "\u001b[0m" : line);
    }

    private String styled(String text, String code) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
