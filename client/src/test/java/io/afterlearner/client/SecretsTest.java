package io.afterlearner.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.ArmsState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final String OLD = "an old secret of some length";
    private static final String NEW = "a new secret of some length";

    @TempDir
    Path folder;

    @Test
    void aFileThatChangesIsInForceWithoutLosingOpenTokens() throws Exception {
        Path file = Files.writeString(folder.resolve("secrets"), OLD);
        Secrets secrets = Secrets.ofFile("token secrets", file);
        Tokens tokens = new Tokens(secrets);
        Assignment assignment = new Served(Studies.arms(ArmsState.EXPLORING, 7, 3))
                .assign("user-1", 1_700_000_000_000L, true, Studies.KEY);
        String open = tokens.sign(assignment);

        Files.writeString(file, "# the new one is accepted first\n" + OLD + "\n\n" + NEW + "\n");
        secrets.refresh();
        assertEquals(open, tokens.sign(assignment));
        assertEquals(
                assignment.id(),
                tokens.read(Studies.tokens(NEW).sign(assignment)).assignment());

        Files.writeString(file, NEW + "\n" + OLD);
        secrets.refresh();
        assertEquals(Studies.tokens(NEW).sign(assignment), tokens.sign(assignment));
        assertEquals(assignment.id(), tokens.read(open).assignment());

        Files.writeString(file, NEW);
        secrets.refresh();
        assertThrows(TokenException.class, () -> tokens.read(open));
    }

    @Test
    void aFileWithAnErrorOrWithoutAFileChangesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("secrets"), OLD);
        Secrets secrets = Secrets.ofFile("token secrets", file);
        for (String wrong : List.of("", "# nothing", "hunter2", OLD + "\nhunter2", "x".repeat(70_000))) {
            Files.writeString(file, wrong);
            secrets.refresh();
            assertEquals(List.of(OLD), secrets.current());
        }
        Files.delete(file);
        secrets.refresh();
        assertEquals(List.of(OLD), secrets.current());
        Files.writeString(file, NEW);
        secrets.refresh();
        assertEquals(List.of(NEW), secrets.current());
    }

    @Test
    void aSecretThatCanBeGuessedIsRefusedAndNotShown() throws IOException {
        Path file = Files.writeString(folder.resolve("secrets"), OLD + "\nhunter2");
        IllegalArgumentException said =
                assertThrows(IllegalArgumentException.class, () -> Secrets.ofFile("token secrets", file));
        assertTrue(String.valueOf(said.getMessage()).contains("line 2"), said.getMessage());
        assertFalse(String.valueOf(said.getMessage()).contains("hunter2"), said.getMessage());
        assertThrows(IllegalArgumentException.class, () -> Secrets.of("secrets", List.of()));
        assertThrows(IllegalArgumentException.class, () -> Secrets.ofFile("secrets", folder.resolve("none")));
    }

    @Test
    void aSecretIsSetOnceAndNotTwice() {
        Map<String, String> none = Map.of(Keys.TOKEN_SECRET, OLD);
        Map<String, String> both = Map.of(Keys.TOKEN_SECRET, OLD, Keys.UNIT_KEY, OLD, Keys.UNIT_KEY + "_FILE", "file");
        for (Map<String, String> wrong : List.of(none, both)) {
            IllegalArgumentException said = assertThrows(IllegalArgumentException.class, () -> Keys.of(wrong));
            assertTrue(String.valueOf(said.getMessage()).contains(Keys.UNIT_KEY), said.getMessage());
            assertFalse(String.valueOf(said.getMessage()).contains(OLD), said.getMessage());
        }
    }
}
