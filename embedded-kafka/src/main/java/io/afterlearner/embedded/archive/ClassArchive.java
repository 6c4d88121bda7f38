package io.afterlearner.embedded.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A class data archive of a service (CDS): the loaded classes of its JVM in a file, which the next JVM maps instead of reading,
 * verifying and linking each class again. The JVM ignores an archive that was made with another Java or other jars.
 *
 * @param file the archive; null if none is used or made
 * @param unfinished file to which the JVM writes the archive when it ends; null if an existing archive is used
 */
public record ClassArchive(@Nullable Path file, @Nullable Path unfinished) {
    /** No archive is used or made. */
    public static final ClassArchive NONE = new ClassArchive(null, null);

    /** Turns off the JVM's warning about an archive that does not fit. */
    static final String SILENT = "-Xlog:cds*=off";

    /** The JVM options that use or make the archive. */
    public List<String> options() {
        if (file == null) {
            return List.of();
        }
        return isWrittenAtExit()
                ? List.of("-XX:ArchiveClassesAtExit=" + unfinished, SILENT)
                : List.of("-XX:SharedArchiveFile=" + file, SILENT);
    }

    /** Whether the JVM writes the archive when it ends, which takes a few seconds. */
    public boolean isWrittenAtExit() {
        return unfinished != null;
    }

    /** Call it after that JVM has ended. A completely written archive replaces older ones and is used from now on. */
    public void keep() {
        Path made = unfinished;
        Path kept = file;
        if (made == null || kept == null) {
            return;
        }
        try {
            if (isComplete(made)) {
                removeOlder(kept);
                Files.move(made, kept, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException e) {
            // Without an archive, the next start is slower; nothing else depends on it.
            return;
        }
    }

    /** Call it instead of {@link #keep} if that JVM was killed: the next one makes the archive. */
    public void abandon() {
        try {
            if (unfinished != null) {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            // As above.
            return;
        }
    }

    /** The JVM writes the header last; its first byte is not 0. */
    private static boolean isComplete(Path made) throws IOException {
        try (InputStream in = Files.newInputStream(made)) {
            return in.read() > 0;
        }
    }

    private static void removeOlder(Path kept) throws IOException {
        String name = kept.getFileName().toString();
        String service = name.substring(0, name.indexOf('-'));
        try (DirectoryStream<Path> older =
                Files.newDirectoryStream(Objects.requireNonNull(kept.getParent()), service + "-*.jsa")) {
            for (Path each : older) {
                Files.deleteIfExists(each);
                // The launcher's archive was made with the same old jars or Java.
                Files.deleteIfExists(kept.resolveSibling(ClassArchives.LAUNCHER));
            }
        }
    }
}
