package io.afterlearner.local.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.afterlearner.aleph.Printable;
import io.afterlearner.kafka.SafeText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only the console itself sends codes to the terminal, whichever method prints a text. */
class ConsoleTest {
    private static final String HOSTILE = "a\u001b]0;title\u0007\u202eb";
    private static final String SHOWN = "a\\u001b]0;title\\u0007\\u202eb";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Console console(boolean terminal) {
        return new Console(new PrintWriter(out), new PrintWriter(err), terminal, terminal, 80);
    }

    @Test
    void everyWayToPrintShowsEscapes() {
        Console console = console(true);
        console.out().print(HOSTILE);
        console.out().print('\u001b');
        console.out().print("\u001b[1m".toCharArray());
        console.out().printf("%s|", HOSTILE);
        console.out().append(HOSTILE).println();
        console.err().println(HOSTILE);
        assertEquals(SHOWN + "\\u001b\\u001b[1m" + SHOWN + "|" + SHOWN + System.lineSeparator(), out.toString());
        assertEquals(SHOWN + System.lineSeparator(), err.toString());
    }

    @Test
    void aNoteIsOneLineAndAnAsideIsDimmedAroundItsText() {
        Console console = console(true);
        console.note(HOSTILE + "\nforged line");
        console.aside("  " + HOSTILE);
        console.overwrite(HOSTILE);
        assertEquals(
                SHOWN + " forged line\n\u001b[2m  " + SHOWN + "\u001b[0m\n\r\u001b[K" + SHOWN,
                err.toString().replace(System.lineSeparator(), "\n"));
    }

    @Test
    void styledTextHasTheConsolesCodesOnly() {
        Console console = console(true);
        console.printStyled(console.bold(HOSTILE) + " " + console.green("improved"));
        assertEquals("\u001b[1m" + SHOWN + "\u001b[0m \u001b[32mimproved\u001b[0m", out.toString());
    }

    /** Services and CLI cannot share one class for this. */
    @Test
    void servicesAndTheCliEscapeTheSameCharacters() {
        for (int character = 0; character <= Character.MAX_VALUE; character++) {
            String text = "a" + (char) character + "b";
            assertEquals(Printable.line(text, 10), SafeText.line(text, 10), Integer.toHexString(character));
        }
        assertEquals(Printable.line(HOSTILE + "\n\tx", 5), SafeText.line(HOSTILE + "\n\tx", 5));
    }

    @ParameterizedTest
    @CsvSource({"y, true", "YES, true", "n, false", "'', false", "yesterday, false"})
    void onlyYesIsYes(String answer, boolean expected) throws IOException {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream((answer + "\n").getBytes(StandardCharsets.US_ASCII)));
            assertEquals(expected, console(true).asks("delete " + HOSTILE + "?"));
            assertEquals("delete " + SHOWN + "? [y/N] ", err.toString());
            assertFalse(console(true).asks("again?"), "the end of the input is no answer");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void withoutColoursThereAreNone() {
        Console console = console(false);
        console.printStyled(console.bold(HOSTILE));
        console.aside(HOSTILE);
        assertEquals(SHOWN, out.toString());
        assertEquals(SHOWN + System.lineSeparator(), err.toString());
    }

    @Test
    void aFilesContentIsChangedForATerminalOnly() {
        console(false).content("a,\u001b\r\n");
        assertEquals("a,\u001b\r\n", out.toString());
        System.setProperty("afterlearner.terminal.out", "true");
        try {
            console(true).content("a,\u001b\n");
        } finally {
            System.clearProperty("afterlearner.terminal.out");
        }
        assertEquals("a,\u001b\r\na,\\u001b\n", out.toString());
    }

    @Test
    void aTableCutsALongNameAndKeepsItsRows() {
        Table table = new Table("name", "n");
        table.row("x".repeat(1000), 1);
        table.row("two\nlines", 2);
        assertEquals(
                "name" + " ".repeat(58) + "n\n" + "x".repeat(59) + "…  1\n" + "two lines" + " ".repeat(53) + "2\n",
                table.toString());
    }
}
