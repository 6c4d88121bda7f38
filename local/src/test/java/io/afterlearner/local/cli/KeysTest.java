package io.afterlearner.local.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.access.AccessKey;
import io.afterlearner.access.StudyPatterns;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysTest {
    @TempDir
    private Path home;

    @Test
    void aKeyIsPrintedOnceWithTheLineThatHasItsDigest() {
        Cli.Output output = new Cli(home)
                .run("keys", "create", "--id", "shop", "--role", "viewer,application", "--study", "shop-*");
        assertEquals(0, output.exit(), output.err());
        List<String> lines = output.out().lines().toList();
        assertEquals(2, lines.size(), output.out());
        String key = lines.get(0);
        assertTrue(key.matches("alk_[A-Za-z0-9_-]{43}"), key);
        assertEquals(
                AccessKey.of("shop", List.of("viewer", "application"), StudyPatterns.of(List.of("shop-*")), key)
                        .toString(),
                lines.get(1));
        assertFalse(output.err().contains(key.substring(4)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shop | viewr | * | the role viewr is unknown; use one of",
                "a b | viewer | * | the id is malformed; use",
                "shop | viewer | *-shop | study pattern *-shop is malformed; give"
            })
    void whatNoServiceWouldAcceptIsRefused(String id, String role, String study, String problem) {
        Cli.Output output = new Cli(home).run("keys", "create", "--id", id, "--role", role, "--study", study);
        assertEquals(2, output.exit());
        assertEquals("", output.out());
        assertTrue(output.err().contains("keys create: " + problem), output.err());
    }

    @Test
    void aServiceElsewhereNeedsItsKafka() {
        String url = "http://127.0.0.1:9";
        Cli cli = new Cli(home);
        String at = home.toString();
        Cli.Output feedback =
                cli.run("study", "forget-unit", "s", "--unit", "u", "--yes", "--feedback", url, "--home", at);
        assertEquals(2, feedback.exit(), feedback.err());
        assertTrue(
                feedback.err().contains("--feedback needs the Kafka of that service; add --kafka-config"),
                feedback.err());
        Cli.Output optimizer = cli.run("study", "pause", "s", "--optimizer", url, "--home", at);
        assertTrue(
                optimizer.err().contains("--optimizer needs the Kafka of that service; add --kafka-config"),
                optimizer.err());
    }

    @ParameterizedTest
    @CsvSource({"ftp://host", "https://ann:secret@host", "https://host/?key=secret", "nonsense secret", "/path"})
    void anAddressOfNoServiceIsRefusedAndNotShown(String url) {
        Cli.Output output = new Cli(home).run("study", "pause", "s", "--optimizer", url, "--home", home.toString());
        assertEquals(2, output.exit(), output.err());
        assertFalse(output.err().contains("secret"), output.err());
    }
}
