package io.afterlearner.access;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
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
}
