package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import org.junit.jupiter.api.Test;

/** Whatever a record's key or an exception says, the log shows it and the terminal does nothing. */
class SafeLogTest {
    @Test
    void messagesAndExceptionsAreWrittenWithEscapes() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StreamHandler handler = new StreamHandler(bytes, new SimpleFormatter());
        handler.setEncoding("UTF-8");
        SafeLog.install(handler);
        SafeLog.install(handler);
        LogRecord entry = new LogRecord(Level.WARNING, "study {0} ℵ");
        entry.setParameters(new Object[] {"a\u001b[2J\u202e"});
        entry.setThrown(new IllegalStateException("b\u001b[31m"));
        handler.publish(entry);
        handler.flush();
        String log = bytes.toString(StandardCharsets.UTF_8);
        assertTrue(log.contains("study a\\u001b[2J\\u202e ℵ"), log);
        assertTrue(log.contains("IllegalStateException: b\\u001b[31m"), log);
        assertFalse(log.contains("\u001b"), log);
        assertEquals(1, log.lines().filter(line -> line.contains("study")).count(), log);
    }
}
