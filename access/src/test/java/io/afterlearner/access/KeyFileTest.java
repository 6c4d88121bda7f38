package io.afterlearner.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFileTest {
    private static final String DIGEST = "sha256:" + "0123456789abcdef".repeat(4);

    @TempDir
    private Path folder;

    private static String line(String id, String key) {
        return AccessKey.of(id, List.of(Roles.OPERATOR), StudyPatterns.of(List.of("shop-*")), key) + "\n";
    }

    @Test
    void aKeyIsFoundByItsLineWhichDoesNotContainIt() {
        String key = AccessKey.random();
        String line = line("ann", key);
        assertTrue(!line.contains(key.substring(4)), line);
        AccessKey read = KeyFile.parse("keys", "# a comment\n\n" + line).get(0);
        assertEquals("ann", read.id());
        assertEquals(List.of("operator"), read.roles());
        assertEquals("shop-*", read.studies().toString());
        assertTrue(read.isOf(AccessKey.sha256(key)));
        assertNotEquals(key, AccessKey.random());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ann operator * | keys line 2: needs 4 fields and has 3; write ID ROLES STUDIES",
                "ann viewr * DIGEST | keys line 2: the role viewr is unknown; use one of [viewer, application",
                "ann viewer, * DIGEST | keys line 2: the role  is unknown",
                "a/b viewer * DIGEST | keys line 2: the id is malformed",
                "ann viewer *-shop DIGEST | keys line 2: study pattern *-shop is malformed",
                "ann viewer * alk_secret | keys line 2: has a key itself",
                "ann alk_secret * DIGEST | keys line 2: has a key itself",
                "ann viewer alk_secret* DIGEST | keys line 2: has a key itself",
                "alk_secret viewer * DIGEST | keys line 2: has a key itself",
                "ann viewer * SHA256:00 | keys line 2: the digest is malformed; write sha256:",
                "ann viewer * sha256:00 | keys line 2: the digest is malformed"
            })
    void aLineThatIsWrongIsRefusedWithItsPlaceAndWithoutAKey(String line, String problem) {
        String text = "# keys\n" + line.replace("DIGEST", DIGEST);
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> KeyFile.parse("keys", text))
                .getMessage());
        assertTrue(message.startsWith(problem), message);
        assertTrue(!message.contains("alk_secret"), message);
    }

    @Test
    void escapesOfATerminalAreNotRepeated() {
        for (String line : List.of("ann view\u001b[2Jer * ", "ann viewer shop\u001b[2J* ", "ann viewer \u202eshop* ")) {
            String message = String.valueOf(
                    assertThrows(IllegalArgumentException.class, () -> KeyFile.parse("keys", line + DIGEST))
                            .getMessage());
            assertTrue(message.chars().noneMatch(each -> each == 0x1b || each == 0x202e), message);
        }
    }

    @Test
    void twoLinesOfOneKeyAreRefused() {
        String text = "ann viewer * " + DIGEST + "\nbob admin * " + DIGEST;
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> KeyFile.parse("keys", text))
                .getMessage());
        assertTrue(message.startsWith("keys line 2: has the same digest as line 1"), message);
    }

    @Test
    void keysAreReplacedWhileTheServiceRuns() throws Exception {
        Path file = folder.resolve("keys");
        String old = AccessKey.random();
        String fresh = AccessKey.random();
        Files.writeString(file, line("ann", old));
        KeyRing ring = new KeyRing(file);
        Files.writeString(file, line("ann", old) + line("ann", fresh));
        ring.refresh();
        assertEquals("ann", name(ring, old) + "");
        assertEquals("ann", name(ring, fresh));
        Files.writeString(file, line("ann", fresh));
        ring.refresh();
        assertNull(ring.find(old));
        assertEquals("ann", name(ring, fresh));
    }

    @Test
    void aFileThatIsBrokenOrGoneLeavesTheKeysInForce() throws Exception {
        Path file = folder.resolve("keys");
        String key = AccessKey.random();
        Files.writeString(file, line("ann", key));
        KeyRing ring = new KeyRing(file);
        Files.writeString(file, "nonsense");
        ring.refresh();
        assertEquals("ann", name(ring, key));
        Files.delete(file);
        ring.refresh();
        assertEquals("ann", name(ring, key));
        Files.writeString(file, "# nobody");
        ring.refresh();
        assertNull(ring.find(key));
    }

    @Test
    void aFileThatIsEmptyWhileItIsWrittenRevokesNoKey() throws Exception {
        Path file = folder.resolve("keys");
        String key = AccessKey.random();
        Files.writeString(file, line("ann", key));
        KeyRing ring = new KeyRing(file);
        Files.writeString(file, "\n");
        ring.refresh();
        assertEquals("ann", name(ring, key));
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> new KeyRing(file))
                .getMessage());
        assertEquals(file + " is empty; write a line per key, or only a comment to revoke all keys", message);
    }

    @Test
    void aServiceDoesNotStartWithoutItsFileOfKeys() {
        Path missing = folder.resolve("missing");
        String message = String.valueOf(assertThrows(IllegalArgumentException.class, () -> new KeyRing(missing))
                .getMessage());
        assertTrue(
                message.startsWith(
                        "afterlearner.http.keys-file " + missing + " cannot be read: there is no such file;"),
                message);
    }

    private static String name(KeyRing ring, String key) {
        AccessKey found = ring.find(key);
        return found == null ? "nobody" : found.id();
    }
}
