package io.afterlearner.local.stack;

import io.afterlearner.aleph.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

/** The secret that signs the stack's tokens. It is never on a command line or in a log. */
public final class TokenSecret {
    /** The environment variable that clients and services read. If it is set, the secret in the home is not used. */
    static final String VARIABLE = "AFTERLEARNER_TOKEN_SECRET";

    private static final int MIN_CHARACTERS = 16;
    private static final int RANDOM_BYTES = 32;

    private TokenSecret() {}

    /**
     * The secret of the environment, else that of the home, which is created once and readable only by its owner.
     *
     * @throws StackException if it is too short, or cannot be read or written
     */
    public static String of(Home home) {
        return of(home, System.getenv(VARIABLE));
    }

    static String of(Home home, @Nullable String variable) {
        if (variable != null && !variable.isBlank()) {
            return longEnough(
                    variable.strip(),
                    VARIABLE + " has fewer than " + MIN_CHARACTERS + " characters; make it longer, or unset it");
        }
        Path file = home.tokenSecret();
        try {
            if (!Files.exists(file)) {
                make(home, file);
            }
            return longEnough(
                    Files.readString(file).strip(),
                    file + " is too short for a secret; remove the file, and a new one is created");
        } catch (IOException e) {
            throw new StackException(
                    "the token secret " + file + " cannot be read or written: " + Refusal.reason(e)
                            + "; check its permissions",
                    e);
        }
    }

    private static String longEnough(String secret, String otherwise) {
        if (secret.length() < MIN_CHARACTERS) {
            throw new StackException(otherwise);
        }
        return secret;
    }

    /** The file is complete or absent, and never readable by others. */
    private static void make(Home home, Path file) throws IOException {
        home.create();
        Path next = Files.createTempFile(home.folder(), "token-secret", ".next", Home.permissions("rw-------"));
        Files.writeString(next, Home.random(RANDOM_BYTES));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
