package io.afterlearner.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenSecretTest {
    @TempDir
    Path folder;

    @Test
    void aHomeHasItsOwnSecretThatOnlyItsOwnerCanRead() throws IOException {
        Home home = new Home(folder.resolve("home"));
        String secret = TokenSecret.of(home, null);

        assertTrue(secret.length() >= 32, "it can be guessed");
        assertEquals(secret, TokenSecret.of(home, ""), "tokens outlive a restart");
        assertNotEquals(secret, TokenSecret.of(new Home(folder.resolve("other")), null));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(home.tokenSecret())));
        try (Stream<Path> files = Files.list(home.folder())) {
            assertFalse(files.anyMatch(file -> file.toString().endsWith(".next")), "a temporary file is left");
        }
    }

    @Test
    void theEnvironmentTakesPrecedenceAndIsNotStored() {
        Home home = new Home(folder);
        assertEquals("0123456789abcdef", TokenSecret.of(home, "0123456789abcdef"));
        assertFalse(Files.exists(home.tokenSecret()));
    }

    @Test
    void aShortSecretIsRefusedAndNotPrinted() throws IOException {
        Home home = new Home(folder);
        StackException said = assertThrows(StackException.class, () -> TokenSecret.of(home, "hunter2"));
        assertTrue(said.getMessage().contains("AFTERLEARNER_TOKEN_SECRET"), said.getMessage());
        assertFalse(said.getMessage().contains("hunter2"), said.getMessage());

        Files.writeString(home.tokenSecret(), "hunter2");
        said = assertThrows(StackException.class, () -> TokenSecret.of(home, null));
        assertTrue(said.getMessage().contains("token-secret"), said.getMessage());
        assertFalse(said.getMessage().contains("hunter2"), said.getMessage());
    }

    @Test
    void aChildsTextOmitsItsSecret() {
        Child child = new Child("feedback", 0, List.of("java"), Map.of(), folder).with("SECRET", "hunter2");
        assertEquals("hunter2", child.builder().environment().get("SECRET"));
        assertFalse(child.toString().contains("hunter2"));
    }
}
