package io.afterlearner.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The secrets that the feedback service and every application of an online study share: those of tokens, and those by which units
 * are replaced before they reach a topic. Secrets of files are read again, by default every 5 s, until this is closed.
 * Thread-safe; one is enough for all studies.
 */
public final class Keys implements AutoCloseable {
    private static final Duration RELOAD = Duration.ofSeconds(5);
    private static final Duration MIN_RELOAD = Duration.ofMillis(10);

    /** Environment variable with the secrets of tokens, separated by commas; with {@code _FILE}, their file. */
    public static final String TOKEN_SECRET = "AFTERLEARNER_TOKEN_SECRET";
    /** Environment variable with the keys of units, separated by commas; with {@code _FILE}, their file. */
    public static final String UNIT_KEY = "AFTERLEARNER_UNIT_KEY";

    private static final String FILE = "_FILE";

    private final long reloadMillis;
    private final Secrets tokenSecrets;
    private final Secrets unitSecrets;
    private final Tokens tokens;
    private final UnitKeys units;
    private final CountDownLatch closed = new CountDownLatch(1);

    public Keys(Secrets tokenSecrets, Secrets unitSecrets) {
        this(tokenSecrets, unitSecrets, RELOAD);
    }

    /**
     * With another interval.
     *
     * @param reload how often files are read, at least 10 ms
     */
    public Keys(Secrets tokenSecrets, Secrets unitSecrets, Duration reload) {
        if (reload.compareTo(MIN_RELOAD) < 0) {
            throw new IllegalArgumentException("the interval at which secrets are read again is " + reload.toMillis()
                    + " ms; give at least " + MIN_RELOAD.toMillis() + " ms");
        }
        reloadMillis = reload.toMillis();
        this.tokenSecrets = tokenSecrets;
        this.unitSecrets = unitSecrets;
        tokens = new Tokens(tokenSecrets);
        units = new UnitKeys(unitSecrets);
        if (tokenSecrets.isFile() || unitSecrets.isFile()) {
            Thread thread = new Thread(this::refresh, "afterlearner-keys");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** One secret of tokens and one key of units, which do not change. */
    public static Keys of(String tokenSecret, String unitKey) {
        return new Keys(
                Secrets.of("the token secret", List.of(tokenSecret)), Secrets.of("the unit key", List.of(unitKey)));
    }

    /** The secrets of two files. */
    public static Keys ofFiles(Path tokenSecrets, Path unitKeys) {
        return new Keys(Secrets.ofFile("token secrets", tokenSecrets), Secrets.ofFile("unit keys", unitKeys));
    }

    /**
     * The secrets of environment variables: {@link #TOKEN_SECRET} or its {@code _FILE}, and {@link #UNIT_KEY} or its {@code _FILE}.
     *
     * @throws IllegalArgumentException if one is missing, set twice, or cannot be used
     */
    public static Keys of(Map<String, String> environment) {
        return new Keys(secrets(environment, TOKEN_SECRET), secrets(environment, UNIT_KEY));
    }

    private static Secrets secrets(Map<String, String> environment, String name) {
        return secrets(
                name,
                List.of(environment.getOrDefault(name, "").split(",")),
                name + FILE,
                environment.getOrDefault(name + FILE, ""));
    }

    /**
     * The secrets of one of two settings, named {@code name} and {@code fileName}.
     *
     * @throws IllegalArgumentException if neither or both are set
     */
    public static Secrets secrets(String name, List<String> values, String fileName, String file) {
        List<String> given = values.stream()
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
        if (given.isEmpty() == file.isBlank()) {
            throw new IllegalArgumentException(name + " and " + fileName + ": " + (given.isEmpty() ? "neither" : "both")
                    + " set; set one of them");
        }
        return given.isEmpty() ? Secrets.ofFile(fileName, Path.of(file)) : Secrets.of(name, given);
    }

    public Tokens tokens() {
        return tokens;
    }

    public UnitKeys units() {
        return units;
    }

    private void refresh() {
        try {
            while (!closed.await(reloadMillis, TimeUnit.MILLISECONDS)) {
                tokenSecrets.refresh();
                unitSecrets.refresh();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
