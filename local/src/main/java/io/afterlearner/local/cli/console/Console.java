package io.afterlearner.local.cli.console;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress, notes and errors
 * @param live whether {@code err} is a terminal whose last line may be written again and again
 * @param colour whether {@code out} takes colours
 * @param columns how wide the terminal is
 */
public record Console(PrintWriter out, PrintWriter err, boolean live, boolean colour, int columns) {
    private static final int USUAL_COLUMNS = 80;

    /** This process's own; the launcher script says which of its streams are terminals. */
    public static Console ofProcess() {
        boolean plain =
                System.getenv("NO_COLOR") != null && !System.getenv("NO_COLOR").isEmpty();
        return new Console(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Boolean.getBoolean("afterlearner.terminal.err"),
                Boolean.getBoolean("afterlearner.terminal.out") && !plain,
                Integer.getInteger("afterlearner.terminal.columns", USUAL_COLUMNS));
    }

    /** A line about what is going on; never on {@code out}. */
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

    /** A {@link #note} of less weight. */
    public void aside(String line) {
        note(live && colour ? "\u001b[2m" + line + "\u001b[0m" : line);
    }

    private String styled(String text, String code) {
        return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
