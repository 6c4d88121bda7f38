package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.aleph.AlephException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** Whatever fails prints one line, which says what and why. */
class FailureTest {
    @Test
    void aFailureOfAFileNamesTheFileAndTheReason() {
        assertEquals("/out/a: access denied", Failure.ofFile(new AccessDeniedException("/out/a")));
        assertEquals(
                "/out/a: No space left on device",
                Failure.ofFile(new FileSystemException("/out/a", null, "No space left on device")));
        IOException full = new IOException("No space left on device");
        assertEquals("No space left on device", Failure.ofFile(full));
        assertEquals(
                "/out/b cannot be written: No space left on device",
                Failure.ofFile(new AlephException("/out/b cannot be written: No space left on device", "", full)));
    }

    @Test
    void anUnexpectedFailureIsOneLineToo() {
        Failure failure = Failure.of(new IllegalStateException("two\nlines \u001b[31mand a code"));
        assertEquals(1, failure.exit());
        assertTrue(
                failure.line()
                        .startsWith(
                                "afterlearner: unexpected: java.lang.IllegalStateException: two lines \\u001b[31mand a"
                                        + " code at FailureTest.java:"),
                failure.line());
        assertTrue(Failure.of(new StackOverflowError()).line().startsWith("afterlearner: unexpected: "));
        assertTrue(Failure.of(new OutOfMemoryError("Java heap space")).line().contains("AFTERLEARNER_OPTS=-Xmx4g"));
    }

    @Test
    void aNativeLibraryThatCannotBeUnpackedNamesTheFolder() {
        LinkageError e = new ExceptionInInitializerError(new IOException("Read-only file system"));
        e.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("io.afterlearner.aleph.run.Ort", "environment", "Ort.java", 44)
        });
        String line = Failure.of(e).line();
        assertTrue(
                line.startsWith(
                        "afterlearner: the native library of ONNX Runtime cannot be loaded: Read-only file system; it is"
                                + " unpacked to " + System.getProperty("java.io.tmpdir")),
                line);
    }

    @Test
    void aFailureOfKafkaHasTheReasonOfItsCause() {
        KafkaException e = new KafkaException("Failed to construct", new KafkaException("no keystore\nat /x"));
        assertEquals(
                "afterlearner: Kafka failed: Failed to construct: no keystore at /x",
                Failure.of(e).line());
    }
}
