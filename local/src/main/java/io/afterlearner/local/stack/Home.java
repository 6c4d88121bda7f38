package io.afterlearner.local.stack;

import io.afterlearner.aleph.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the local stack: broker data, logs, downloads, and the state of the running stack.
 *
 * @param options command-line options that select this folder; none if it is the default
 * @param kafkaOptions command-line options that select the user's own Kafka; none if no option did
 */
public record Home(Path folder, List<String> options, List<String> kafkaOptions) {
    /** A word that needs no quotes in a shell. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    /** Commands that find the stack by its home folder and take no Kafka options. */
    private static final Set<String> WITHOUT_KAFKA = Set.of("status", "down");

    private static final int RANDOM_BYTES = 8;
    private static final int MAX_REMOVALS = 20;
    private static final long REMOVE_AGAIN_AFTER_NANOS = 100_000_000;

    Home(Path folder) {
        this(folder, List.of(), List.of());
    }

    /** The option's folder, else {@code $AFTERLEARNER_HOME}, else {@code ~/.afterlearner}. */
    public static Home of(@Nullable Path option) {
        String variable = System.getenv("AFTERLEARNER_HOME");
        Path usual = variable != null && !variable.isBlank()
                ? Path.of(variable)
                : Path.of(System.getProperty("user.home"), ".afterlearner");
        Path folder = absolute(option == null ? usual : option);
        return folder.equals(absolute(usual))
                ? new Home(folder)
                : new Home(folder, List.of("--home", folder.toString()), List.of());
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /** The same home, for a command line with {@code --kafka-config}. */
    public Home with(Path kafkaConfig) {
        return new Home(
                folder, options, List.of("--kafka-config", absolute(kafkaConfig).toString()));
    }

    /**
     * A command for a message that tells the user what to run, such as {@code ./afterlearner study show depth --home '/my data'}.
     * It is quoted for a shell and has the options that select the same home and the same Kafka.
     *
     * @param words the command and its arguments
     */
    public String hint(String... words) {
        Stream<String> kafka = WITHOUT_KAFKA.contains(words[0]) ? Stream.empty() : kafkaOptions.stream();
        // The launcher script passes the path by which it was called.
        Stream<String> launcher = Stream.of(System.getProperty("afterlearner.command", "./afterlearner"));
        return Stream.of(launcher, Stream.of(words), options.stream(), kafka)
                .flatMap(part -> part)
                .map(Home::quoted)
                .collect(Collectors.joining(" "));
    }

    /** The word, quoted for a POSIX shell if necessary. */
    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** A folder for temporary files. It is not created yet. */
    static Home temporary(String name) {
        return new Home(Path.of(System.getProperty("java.io.tmpdir"), name + "-" + random(RANDOM_BYTES)));
    }

    /** Unguessable, in hexadecimal digits. */
    static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Attributes of a new file or folder; none where the file system has no POSIX permissions. */
    static FileAttribute<?>[] permissions(String posix) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(posix))}
                : new FileAttribute<?>[0];
    }

    Path kafka() {
        return folder.resolve("kafka");
    }

    public Path logs() {
        return folder.resolve("logs");
    }

    /** How many verdicts were made from each test split. */
    public Path verdicts() {
        return folder.resolve("verdicts");
    }

    public Path downloads() {
        return folder.resolve("downloads");
    }

    /** The feedback service signs its tokens with it; anyone who can read it can forge feedback. */
    Path tokenSecret() {
        return folder.resolve("token-secret");
    }

    /** The stack replaces units by pseudonyms with it; anyone who can read it can tell whose exposures are on the topics. */
    Path unitKey() {
        return folder.resolve("unit-key");
    }

    /** State of a service, which belongs to one cluster. It spares a restart from reading all topics again. */
    Path state(String service, Broker broker) {
        String cluster = broker.kafka().bootstrapServers();
        return folder.resolve(broker.isEmbedded() ? service : service + "-" + Integer.toHexString(cluster.hashCode()));
    }

    Path lock() {
        return folder.resolve("stack.lock");
    }

    Path state() {
        return folder.resolve("stack.json");
    }

    /** Creates the folder, which must not exist, readable only by its owner. */
    void createForOwner() {
        try {
            Files.createDirectory(folder, permissions("rwx------"));
        } catch (IOException e) {
            throw new StackException(
                    "the temporary folder " + folder + " cannot be created: " + Refusal.reason(e)
                            + "; free space, or set AFTERLEARNER_OPTS=-Djava.io.tmpdir=DIR",
                    e);
        }
    }

    /** Removes the folder and its content. Returns whether it is gone. */
    boolean remove() {
        for (int i = 0; i < MAX_REMOVALS && Files.exists(folder); i++) {
            try (Stream<Path> found = Files.walk(folder)) {
                for (Path each : found.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            } catch (IOException | UncheckedIOException e) {
                // A process that is about to end wrote a file in the meantime.
                LockSupport.parkNanos(REMOVE_AGAIN_AFTER_NANOS);
            }
        }
        return !Files.exists(folder);
    }

    void create() {
        try {
            Files.createDirectories(logs());
        } catch (IOException e) {
            throw new StackException(
                    "the data folder " + folder + " cannot be created (" + Refusal.reason(e)
                            + "); choose another with --home or AFTERLEARNER_HOME",
                    e);
        }
    }
}
