package io.afterlearner.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LoginFilterTest {
    @Test
    void aLoginInAnAddressIsHidden() {
        LogRecord entry = new LogRecord(Level.WARNING, "http://ann:hunter2@a/b is away, %s too, %s times");
        entry.setParameters(new Object[] {URI.create("https://ann:hunter2@b:9/c"), 7, null});
        assertTrue(new LoginFilter().isLoggable(entry));
        assertEquals("http://[hidden]@a/b is away, %s too, %s times", entry.getMessage());
        assertArrayEquals(new Object[] {"https://[hidden]@b:9/c", 7, null}, entry.getParameters());
    }

    @Test
    void allElseStays() {
        LogRecord entry = new LogRecord(Level.INFO, "mail ann@example.org about http://a:8080/b@c");
        assertTrue(new LoginFilter().isLoggable(entry));
        assertEquals("mail ann@example.org about http://a:8080/b@c", entry.getMessage());
    }

    private static String printed(Throwable thrown) {
        LogRecord entry = new LogRecord(Level.WARNING, "it failed");
        entry.setThrown(thrown);
        assertTrue(new LoginFilter().isLoggable(entry));
        StringWriter text = new StringWriter();
        entry.getThrown().printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    @Test
    void aLoginInAnExceptionOrItsCausesOrWhatItSuppressedIsHidden() {
        IOException first = new IOException("https://ann:hunter2@a is away");
        IllegalStateException second = new IllegalStateException("https://ann:hunter2@b is away", first);
        first.addSuppressed(new IOException("closing http://ann:hunter2@c", new IOException("http://d:80/e@f")));
        // Two that caused each other.
        first.initCause(new IllegalArgumentException("no https://ann:hunter2@g", second));
        String text = printed(new CompletionException(second));
        assertFalse(text.contains("hunter2"), text);
        for (String kept : List.of(
                "java.util.concurrent.CompletionException: java.lang.IllegalStateException: https://[hidden]@b is away",
                "Caused by: java.lang.IllegalStateException: https://[hidden]@b is away",
                "Suppressed: java.io.IOException: closing http://[hidden]@c",
                "Caused by: java.io.IOException: http://d:80/e@f",
                "Caused by: java.lang.IllegalArgumentException: no https://[hidden]@g",
                "at io.afterlearner.access.LoginFilterTest.")) {
            assertTrue(text.contains(kept), text);
        }
    }

    @Test
    void anExceptionWithoutLoginsIsLoggedAsItIs() {
        LogRecord entry = new LogRecord(Level.WARNING, "it failed");
        Throwable thrown = new IOException("http://a:8080/b@c", new IOException());
        entry.setThrown(thrown);
        assertTrue(new LoginFilter().isLoggable(entry));
        assertSame(thrown, entry.getThrown());
    }

    @Test
    void anExceptionWithTooManyCausesIsCut() {
        Throwable thrown = new IOException("http://ann:hunter2@a");
        for (int i = 0; i < 200; i++) {
            thrown = new IOException("cause " + i, thrown);
        }
        String text = printed(thrown);
        assertFalse(text.contains("hunter2"), text);
        assertTrue(text.contains("cause 199") && text.contains("cause 100") && !text.contains("cause 99"), text);
    }
}
