package io.afterlearner.local.stack;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.client.Keys;
import io.afterlearner.client.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * The secrets of the stack: what signs tokens, and what replaces units. Each is in an environment variable, in a file that one names,
 * or in a file of the home, which is created once and readable only by its owner. None is ever on a command line or in a log.
 */
public final class StackKeys {
    private static final String FILE = "_FILE";
    private static final int RANDOM_BYTES = 32;

    private StackKeys() {}

    /**
     * The secrets, for this process.
     *
     * @throws StackException if one is too short, or cannot be read or written
     */
    public static Keys of(Home home) {
        return of(home, System.getenv());
    }

    static Keys of(Home home, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(variables(home, environment));
        return checked(all);
    }

    private static Keys checked(Map<String, String> environment) {
        try {
            return Keys.of(environment);
        } catch (IllegalArgumentException e) {
            throw new StackException(String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Environment variables that name the files of the home, for a child process; none for what the environment has already.
     *
     * @throws StackException if a file cannot be read or written, or a secret is too short
     */
    static Map<String, String> variables(Home home, Map<String, String> environment) {
        Map<String, String> variables = new HashMap<>();
        Map.of(Keys.TOKEN_SECRET, home.tokenSecret(), Keys.UNIT_KEY, home.unitKey())
                .forEach((variable, file) -> {
                    if (!isSet(environment, variable) && !isSet(environment, variable + FILE)) {
                        variables.put(variable + FILE, made(home, file).toString());
                    }
                });
        return variables;
    }

    private static boolean isSet(Map<String, String> environment, String variable) {
        return !environment.getOrDefault(variable, "").isBlank();
    }

    private static Path made(Home home, Path file) {
        try {
            if (!Files.exists(file)) {
                make(home, file);
            }
            Secrets.ofFile("the secret", file);
            return file;
        } catch (IOException e) {
            throw new StackException(
                    "the secret " + file + " cannot be read or written: " + Refusal.reason(e)
                            + "; check its permissions",
                    e);
        } catch (IllegalArgumentException e) {
            throw new StackException(e.getMessage() + "; or remove the file, and a new one is created", e);
        }
    }

    /** The file is complete or absent, and never readable by others. */
    private static void make(Home home, Path file) throws IOException {
        home.create();
        Path next = Files.createTempFile(
                home.folder(), file.getFileName().toString(), ".next", Home.permissions("rw-------"));
        Files.writeString(next, Home.random(RANDOM_BYTES));
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
