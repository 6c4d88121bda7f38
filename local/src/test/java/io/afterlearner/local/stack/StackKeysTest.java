package io.afterlearner.local.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.client.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackKeysTest {
    private static final String GIVEN = "0123456789abcdef";

    @TempDir
    Path folder;

    @Test
    void aHomeHasSecretsOfItsOwnThatOnlyItsOwnerCanRead() throws IOException {
        Home home = new Home(folder.resolve("home"));
        Map<String, String> variables = StackKeys.variables(home, Map.of());

        assertEquals(
                Map.of(
                        "AFTERLEARNER_TOKEN_SECRET_FILE", home.tokenSecret().toString(),
                        "AFTERLEARNER_UNIT_KEY_FILE", home.unitKey().toString()),
                variables,
                "a child's environment has no secret");
        String secret = Files.readString(home.tokenSecret());
        String key = Files.readString(home.unitKey());
        assertTrue(secret.length() >= 32 && key.length() >= 32, "it can be guessed");
        assertNotEquals(secret, key);
        StackKeys.variables(home, Map.of());
        assertEquals(secret, Files.readString(home.tokenSecret()), "tokens outlive a restart");
        assertEquals(key, Files.readString(home.unitKey()), "pseudonyms outlive a restart");
        for (Path file : List.of(home.tokenSecret(), home.unitKey())) {
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        }
        try (Stream<Path> files = Files.list(home.folder())) {
            assertFalse(files.anyMatch(file -> file.toString().endsWith(".next")), "a temporary file is left");
        }
    }

    @Test
    void theEnvironmentTakesPrecedenceAndIsNotStored() {
        Home home = new Home(folder);
        Map<String, String> environment = Map.of(Keys.TOKEN_SECRET, GIVEN, Keys.UNIT_KEY, GIVEN);
        assertEquals(Map.of(), StackKeys.variables(home, environment));
        StackKeys.of(home, environment).close();
        assertFalse(Files.exists(home.tokenSecret()));
        assertFalse(Files.exists(home.unitKey()));
    }

    @Test
    void aShortSecretIsRefusedAndNotPrinted() throws IOException {
        Home home = new Home(folder);
        assertRefused("AFTERLEARNER_TOKEN_SECRET", home, Map.of(Keys.TOKEN_SECRET, "hunter2", Keys.UNIT_KEY, GIVEN));
        assertRefused("AFTERLEARNER_UNIT_KEY", home, Map.of(Keys.TOKEN_SECRET, GIVEN, Keys.UNIT_KEY, "hunter2"));
        Files.writeString(home.unitKey(), "hunter2");
        assertRefused("unit-key", home, Map.of());
    }

    private static void assertRefused(String named, Home home, Map<String, String> environment) {
        StackException said = assertThrows(StackException.class, () -> StackKeys.of(home, environment));
        assertTrue(said.getMessage().contains(named), said.getMessage());
        assertFalse(said.getMessage().contains("hunter2"), said.getMessage());
    }

    @Test
    void aChildsTextOmitsItsSecret() {
        Child child = new Child("feedback", 0, List.of("java"), Map.of(), folder).with(Map.of("SECRET", "hunter2"));
        assertEquals("hunter2", child.builder().environment().get("SECRET"));
        assertFalse(child.toString().contains("hunter2"));
    }
}
