package io.afterlearner.embedded;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an exception says of a broker's users. */
class SecurityTest {
    private static final Path NO_KEYSTORE = Path.of("none.p12");

    private static Security with(String password) {
        return new Security(NO_KEYSTORE, "pLant3dStore", Map.of(Security.BROKER, "pLant3dBroker", "alice", password));
    }

    private static String all(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static void assertHidden(String text) {
        assertFalse(text.contains("pLant3d") || text.contains("salt"), text);
    }

    /** Kafka's tool computes the users' salted keys, and then fails. */
    @Test
    void aDirectoryThatCannotBeFormattedIsNamedWithoutPasswordsAndKeys(@TempDir Path directory) throws Exception {
        Path data = directory.resolve("data");
        Files.createDirectories(data.resolve("meta.properties.tmp").resolve("full"));
        Exception failed = assertThrows(Exception.class, () -> EmbeddedKafka.start(directory, 0, with("pLant3dAlice")));
        assertTrue(all(failed).contains(data.toString()), all(failed));
        assertHidden(all(failed));
    }

    @Test
    void aPasswordThatKafkasToolWouldCutIsRefusedWithoutIt() {
        for (String password : new String[] {"a,pLant3d", "a,iterations=pLant3d", "pLant3d,salt=x"}) {
            IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> with(password));
            assertTrue(String.valueOf(refused.getMessage()).contains("comma"), refused.getMessage());
            assertHidden(String.valueOf(refused.getMessage()));
        }
    }
}
