package io.afterlearner.local.stack;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What the stack's tokens are signed with; never on a command line, and in no log. */
public final class TokenSecret {
    /** Clients and services take it from here; where it is set, the home's own is not used. */
    static final String VARIABLE = "AFTERLEARNER_TOKEN_SECRET";

    private static final int LEAST_CHARACTERS = 16;
    private static final int RANDOM_BYTES = 32;

    private TokenSecret() {}

    /**
     * The environment's, else the home's own, which is made once and only its owner can read.
     *
     * @throws StackException if it is too short, or cannot be kept
     */
    public static String of(Home home) {
        return of(home, System.getenv(VARIABLE));
    }

    static String of(Home home, @Nullable String variable) {
        if (variable != null && !variable.isBlank()) {
            return longEnough(
                    variable.strip(),
                    VARIABLE + " has fewer than " + LEAST_CHARACTERS + " characters; give it more, or unset it");
        }
        Path file = home.tokenSecret();
        try {
            if (!Files.exists(file)) {
                make(home, file);
            }
            return longEnough(
                    Files.readString(file).strip(),
                    file + " is too short for a secret; remove it, and another is made");
        } catch (IOException e) {
            throw new StackException("the token secret " + file + " cannot be kept: " + e.getMessage(), e);
        }
    }

    private static String longEnough(String secret, String otherwise) {
        if (secret.length() < LEAST_CHARACTERS) {
            throw new StackException(otherwise);
        }
        return secret;
    }

    /** Whole or not at all, and readable by nobody else at any time. */
    private static void make(Home home, Path file) throws IOException {
        home.create();
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        Path next = Files.createTempFile(home.folder(), "token-secret", ".next", ownerOnly());
        Files.writeString(next, HexFormat.of().formatHex(random));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
