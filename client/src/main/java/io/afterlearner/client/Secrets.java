package io.afterlearner.client;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Secrets in order: the first is used, and all are accepted. They are fixed, or the lines of a file that {@link Keys} reads again.
 * In a file, empty lines and lines that begin with {@code #} do not count. No message contains a secret. Thread-safe.
 */
public final class Secrets {
    /** Fewest characters of a secret: a shorter one can be guessed. */
    public static final int MIN_CHARACTERS = 16;

    private static final int MAX_SECRETS = 100;
    private static final long MAX_FILE_BYTES = 1 << 16;
    private static final System.Logger LOG = System.getLogger(Secrets.class.getName());

    private final String name;
    private final @Nullable Path file;
    private volatile List<String> current;
    /** The content of the file, or why it could not be read. */
    private String seen = "";

    private Secrets(String name, @Nullable Path file, List<String> first) {
        this.name = name;
        this.file = file;
        this.current = first;
    }

    /**
     * Secrets that do not change.
     *
     * @param name what they are, for messages: such as {@code AFTERLEARNER_TOKEN_SECRET}
     * @throws IllegalArgumentException if there is none, or one is too short
     */
    public static Secrets of(String name, List<String> secrets) {
        return new Secrets(name, null, checked(name, secrets));
    }

    /**
     * The secrets of a file.
     *
     * @throws IllegalArgumentException if the file cannot be read, has no secret, or one that is too short
     */
    public static Secrets ofFile(String name, Path file) {
        try {
            String text = read(file);
            Secrets secrets = new Secrets(name, file, parsed(name, file, text));
            secrets.seen = text;
            return secrets;
        } catch (IOException e) {
            throw new IllegalArgumentException(unreadable(name, file, e), e);
        }
    }

    /** The secrets that are in force. */
    public List<String> current() {
        return current;
    }

    boolean isFile() {
        return file != null;
    }

    /** What is made of the secrets. It is made again after they have changed. */
    <T> Supplier<T> derive(Function<List<String>, T> function) {
        return new Derived<>(this, function);
    }

    /**
     * Reads the file again. If that is not possible, the secrets before stay in force and the log says why, once. The content is
     * compared, because a file that is replaced by a symbolic link may have the same time and length.
     */
    synchronized void refresh() {
        if (file == null) {
            return;
        }
        try {
            String text = read(file);
            if (!text.equals(seen)) {
                seen = text;
                current = parsed(name, file, text);
                LOG.log(System.Logger.Level.INFO, "{0} {1} was read again: {2} in force", name, file, current.size());
            }
        } catch (IOException e) {
            complain(unreadable(name, file, e), true);
        } catch (IllegalArgumentException e) {
            complain(String.valueOf(e.getMessage()), false);
        }
    }

    /** @param repeats whether the same problem was met each time before */
    private void complain(String problem, boolean repeats) {
        if (!repeats || !problem.equals(seen)) {
            LOG.log(System.Logger.Level.ERROR, "{0}; the previous ones stay in force", problem);
        }
        seen = repeats ? problem : seen;
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > MAX_FILE_BYTES) {
            throw new IOException("it has more than " + MAX_FILE_BYTES + " bytes");
        }
        return Files.readString(file, StandardCharsets.UTF_8);
    }

    private static String unreadable(String name, Path file, IOException e) {
        String reason = e instanceof CharacterCodingException
                ? "it is not UTF-8 text"
                : e instanceof NoSuchFileException ? "there is no such file" : e.toString();
        return name + " " + file + " cannot be read: " + reason + "; correct the path or the file";
    }

    private static List<String> parsed(String name, Path file, String text) {
        List<String> secrets = new ArrayList<>();
        int number = 0;
        for (String line : text.lines().map(String::strip).toList()) {
            number++;
            if (!line.isEmpty() && !line.startsWith("#")) {
                check(name + " " + file + " line " + number, line);
                secrets.add(line);
            }
        }
        return checked(name + " " + file, secrets);
    }

    private static List<String> checked(String where, List<String> secrets) {
        if (secrets.isEmpty() || secrets.size() > MAX_SECRETS) {
            throw new IllegalArgumentException(where + ": "
                    + (secrets.isEmpty() ? "no secret" : secrets.size() + " secrets") + "; give 1 to " + MAX_SECRETS);
        }
        secrets.forEach(secret -> check(where, secret));
        return List.copyOf(secrets);
    }

    private static void check(String where, String secret) {
        if (secret.length() < MIN_CHARACTERS) {
            throw new IllegalArgumentException(
                    where + ": a secret of " + secret.length() + " characters can be guessed; use at least "
                            + MIN_CHARACTERS + ", such as those of openssl rand -hex 32");
        }
    }

    private static final class Derived<T> implements Supplier<T> {
        private record Made<T>(List<String> from, T value) {}

        private final Secrets secrets;
        private final Function<List<String>, T> function;
        private volatile Made<T> made;

        Derived(Secrets secrets, Function<List<String>, T> function) {
            this.secrets = secrets;
            this.function = function;
            this.made = make(secrets.current());
        }

        private Made<T> make(List<String> from) {
            return new Made<>(from, function.apply(from));
        }

        @Override
        public T get() {
            Made<T> latest = made;
            List<String> now = secrets.current();
            if (latest.from() != now) {
                latest = make(now);
                made = latest;
            }
            return latest.value();
        }
    }
}
