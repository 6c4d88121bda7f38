package io.afterlearner.kafka;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the files of certificates that this process uses for Kafka, after they were replaced. Each of its clients reads
 * them by itself; the log has one line for all of them. Thread-safe.
 */
public final class CertificateFiles {
    private static final System.Logger LOG = System.getLogger(CertificateFiles.class.getName());

    /** Kafka creates these, so that nobody can hand them the object that watches them. */
    private static final Set<ReloadingSslEngineFactory> USERS = ConcurrentHashMap.newKeySet();

    /** What is wrong, by the files of a client. */
    private static final Map<List<Path>, String> REFUSED = new ConcurrentHashMap<>();

    /** What the latest client read, by the files of a client. */
    private static final Map<List<Path>, Object> READ = new ConcurrentHashMap<>();

    private CertificateFiles() {}

    static void add(ReloadingSslEngineFactory user) {
        USERS.add(user);
    }

    static void remove(ReloadingSslEngineFactory user) {
        USERS.remove(user);
    }

    /** Reads files that were replaced, for the next connection of each client, and finds out whether they can be used. */
    public static void look() {
        USERS.forEach(ReloadingSslEngineFactory::look);
    }

    /** Why files that were replaced cannot be used, and which; null if all can. The previous certificates stay in use. */
    public static @Nullable String problem() {
        return REFUSED.values().stream().sorted().findFirst().orElse(null);
    }

    /** @param version of the files */
    static void readAgain(List<Path> files, Object version) {
        REFUSED.remove(files);
        if (!version.equals(READ.put(files, version))) {
            LOG.log(System.Logger.Level.INFO, "read the certificates for Kafka again: {0}", files);
        }
    }

    /** The files are those that are in use. */
    static void unchanged(List<Path> files) {
        REFUSED.remove(files);
    }

    static void refused(List<Path> files, String reason) {
        String problem =
                files + " changed and cannot be read, so that the previous certificates for Kafka stay in use: "
                        + reason + "; correct the files";
        if (!problem.equals(REFUSED.put(files, problem))) {
            LOG.log(System.Logger.Level.WARNING, "{0}", problem);
        }
    }
}
