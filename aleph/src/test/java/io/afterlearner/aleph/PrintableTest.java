package io.afterlearner.aleph;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** A name from a file shows what it holds and makes the terminal do nothing. */
class PrintableTest {
    @Test
    void whatATerminalObeysIsShownAsAnEscape() {
        assertEquals("a\\u001b[31mb\\u009b2J\\u0007\\u007f", Printable.text("a\u001b[31mb\u009b2J\u0007\u007f"));
        assertEquals("a\\u000db", Printable.text("a\rb"), "it would overwrite the line");
    }

    @Test
    void whatReversesOrHidesTextIsShownAsAnEscape() {
        assertEquals("\\u202egnp.exe\\u2066\\u200b\\ufeff", Printable.text("\u202egnp.exe\u2066\u200b\ufeff"));
        assertEquals("\\u2028\\u2029\\ufdd0\\udb40\\udc01", Printable.text("\u2028\u2029\ufdd0\udb40\udc01"));
        assertEquals("\\ud800 and \\udc00", Printable.text("\ud800 and \udc00"), "halves of characters");
    }

    @Test
    void everyLanguageStaysAsItIs() {
        String text = "ℵ₀ → −0.5 µs, 重み, вес, משקל, 🙂, café\n\tindented";
        assertEquals(text, Printable.text(text));
    }

    @Test
    void aLineIsOneLineOfAtMostItsLength() {
        assertEquals("a b c d", Printable.line(" a\r\nb \n\n c\td\n"));
        assertEquals("aaaaa…", Printable.line("a".repeat(1_000_000), 5));
        assertEquals("aaaaa", Printable.line("aaaaa", 5));
    }
}
