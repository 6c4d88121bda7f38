package io.afterlearner.aleph;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** What holds of every refusal. */
public final class Claims {
    private Claims() {}

    public static void refused(Executable what, String... saying) {
        AlephException e = assertThrows(AlephException.class, what);
        isOneLine(e);
        for (String part : saying) assertTrue(String.valueOf(e.getMessage()).contains(part), e.getMessage());
    }

    public static void isOneLine(AlephException e) {
        String message = String.valueOf(e.getMessage());
        assertFalse(message.isBlank() || message.contains("\n"), message);
    }
}
