package io.afterlearner.local.cli.console;

import io.afterlearner.aleph.Printable;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * Where a command writes. Text that comes from a file, a model, a record or a server is printed as {@link Printable} text,
 * whichever method prints it; only this class sends codes to the terminal.
 *
 * @param out results
 * @param err progress, notes and errors
 * @param live whether {@code err} is a terminal whose last line can be overwritten
 * @param colour whether {@code out} shows colours
 * @param columns width of the terminal
 */
public record Console(PrintWriter out, PrintWriter err, boolean live, boolean colour, int columns) {
    private static final int DEFAULT_COLUMNS = 80;
    private static final String TERMINAL_IN = "afterlearner.terminal.in";
    private static final String TERMINAL_OUT = "afterlearner.terminal.out";

    /** Placeholders for codes in a text for {@link #printStyled}. They are noncharacters of Unicode, so no text contains them. */
    private static final char BOLD = '\ufdd0';

    private static final char GREEN = '\ufdd1';
    private static final char PLAIN = '\ufdd2';
    private static final String MARKS = "" + BOLD + GREEN + PLAIN;

    public Console {
        out = SafeWriter.on(out);
        err = SafeWriter.on(err);
    }

    /** The console of this process. The launcher script passes which streams are terminals. */
    public static Console ofProcess() {
        boolean plain =
                !Objects.requireNonNullElse(System.getenv("NO_COLOR"), "").isEmpty();
        return new Console(
                SafeWriter.on(FileDescriptor.out),
                SafeWriter.on(FileDescriptor.err),
                Boolean.getBoolean("afterlearner.terminal.err"),
                Boolean.getBoolean(TERMINAL_OUT) && !plain,
                Integer.getInteger("afterlearner.terminal.columns", DEFAULT_COLUMNS));
    }

    private static PrintWriter raw(PrintWriter writer) {
        return writer instanceof SafeWriter safe ? safe.raw() : writer;
    }

    /** Why results could not be written, such as a full disk or a closed pipe; null if all were written. */
    public @Nullable IOException outFailure() {
        return out instanceof SafeWriter safe ? safe.failure() : null;
    }

    /** The writer for help, whose colours are codes. */
    public PrintWriter helpOut() {
        return raw(out);
    }

    /** Prints one line about the progress of the command to {@code err}. */
    public void note(String line) {
        err.println(Printable.line(line));
        err.flush();
    }

    /** A dimmed {@link #note}. */
    public void aside(String line) {
        if (live && colour) {
            PrintWriter terminal = raw(err);
            // Printable.line would remove the leading spaces that indent an example.
            terminal.println("\u001b[2m" + Printable.text(line) + "\u001b[0m");
            terminal.flush();
        } else {
            err.println(line);
            err.flush();
        }
    }

    /** Replaces the last line of a live {@code err}; empty text removes it. */
    public void overwrite(String line) {
        PrintWriter terminal = raw(err);
        terminal.print("\r\u001b[K" + Printable.line(line));
        terminal.flush();
    }

    /** Whether the user can answer a question. */
    public boolean canAsk() {
        return live && Boolean.getBoolean(TERMINAL_IN);
    }

    /** Asks the user a question. Returns true only if the answer is y or yes. */
    public boolean asks(String question) throws IOException {
        err.print(Printable.line(question) + " [y/N] ");
        err.flush();
        String answer = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset())).readLine();
        return answer != null && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    }

    /** Prints a file's content to {@code out}: byte for byte if it goes to a file or a pipe, else as printable text. */
    public void content(String text) {
        PrintWriter to = Boolean.getBoolean(TERMINAL_OUT) ? out : raw(out);
        to.print(text);
        to.flush();
    }

    /** For {@link #printStyled}. */
    public String bold(String text) {
        return BOLD + text + PLAIN;
    }

    /** For {@link #printStyled}. */
    public String green(String text) {
        return GREEN + text + PLAIN;
    }

    /** Prints a text with parts in {@link #bold} or {@link #green}. */
    public void printStyled(String text) {
        StringBuilder styled = new StringBuilder();
        StringTokenizer parts = new StringTokenizer(text, MARKS, true);
        while (parts.hasMoreTokens()) {
            String part = parts.nextToken();
            styled.append(MARKS.contains(part) ? code(part.charAt(0)) : Printable.text(part));
        }
        raw(out).print(styled);
        raw(out).flush();
    }

    private String code(char mark) {
        return !colour ? "" : mark == BOLD ? "\u001b[1m" : mark == GREEN ? "\u001b[32m" : "\u001b[0m";
    }
}
