package io.afterlearner.local.archive;

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
 * The classes of a service as its JVM keeps them in memory, in a file that the next JVM maps instead of reading, checking and
 * linking each class anew. The JVM itself checks that Java and jars are the same, and else does without.
 *
 * @param file null if there is none and none is made
 * @param unfinished where a JVM writes it when it ends; null if it is used
 */
public record ClassArchive(@Nullable Path file, @Nullable Path unfinished) {
    /** Neither used nor made. */
    public static final ClassArchive NONE = new ClassArchive(null, null);

    /** An archive that does not fit is no news to anyone. */
    static final String SILENT = "-Xlog:cds*=off";

    /** Options of the JVM. */
    public List<String> options() {
        if (file == null) {
            return List.of();
        }
        return isMade()
                ? List.of("-XX:ArchiveClassesAtExit=" + unfinished, SILENT)
                : List.of("-XX:SharedArchiveFile=" + file, SILENT);
    }

    /** Whether the JVM writes it when it ends, which takes a few seconds. */
    public boolean isMade() {
        return unfinished != null;
    }

    /** To be called when that JVM has ended: what it wrote completely is used from now on, in place of older archives. */
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
            // The next start is slower than it could be.
            return;
        }
    }

    /** The JVM writes the header, which begins with a number, last. */
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
                // The launcher's was made with the same jars and the same Java.
                Files.deleteIfExists(kept.resolveSibling(ClassArchives.LAUNCHER));
            }
        }
    }
}
