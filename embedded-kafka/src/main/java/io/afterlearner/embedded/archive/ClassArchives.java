package io.afterlearner.embedded.archive;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The class archives of one built repository, one per service. The first {@code retrofit} after a build makes them when its
 * services end, and all later commands use them. The script {@code afterlearner} does the same for the launcher.
 *
 * @param folder where they are; null if none are used or made
 * @param writing whether a missing archive is made
 */
public record ClassArchives(@Nullable Path folder, boolean writing) {
    static final String FOLDER = "afterlearner.archives";
    static final String WRITING = "afterlearner.archives.write";
    /** The launcher's archive, made by the script. */
    static final String LAUNCHER = "launcher.jsa";
    /** Until then an unfinished archive is left alone: another process may be making it, or it could not be made. */
    private static final Duration TRY_AGAIN_AFTER = Duration.ofHours(1);

    /**
     * The archives of a repository, where the script has them.
     *
     * @param writing whether those that are missing are made
     */
    public static ClassArchives in(Path root, boolean writing) throws IOException {
        return new ClassArchives(Files.createDirectories(root.resolve("target/archives")), writing);
    }

    /** The archives that the script chose for this process. */
    public static ClassArchives ofProcess() {
        String folder = System.getProperty(FOLDER, "");
        return new ClassArchives(folder.isEmpty() ? null : Path.of(folder), Boolean.getBoolean(WRITING));
    }

    /** The JVM options with which another launcher uses the archives. */
    public List<String> forLauncher() {
        return folder == null
                ? List.of()
                : List.of(
                        "-D" + FOLDER + "=" + folder,
                        "-XX:SharedArchiveFile=" + folder.resolve(LAUNCHER),
                        ClassArchive.SILENT);
    }

    /**
     * The archive of a service, to be used, to be made, or neither.
     *
     * @param classPath jars only
     * @param makeable whether its JVM runs with the usual options; an archive is only made with these
     */
    public ClassArchive of(String service, List<Path> classPath, boolean makeable) {
        if (folder == null) {
            return ClassArchive.NONE;
        }
        try {
            Path file = folder.resolve(service + "-" + identity(classPath) + ".jsa");
            if (Files.exists(file)) {
                return new ClassArchive(file, null);
            }
            return writing && makeable ? begin(service, file) : ClassArchive.NONE;
        } catch (IOException e) {
            // A read-only repository works without archives.
            return ClassArchive.NONE;
        }
    }

    /** Creates the unfinished file, so that only one of several processes makes the archive. */
    private ClassArchive begin(String service, Path file) throws IOException {
        Path unfinished = file.resolveSibling(service + ".part");
        FileTime before = FileTime.from(Instant.now().minus(TRY_AGAIN_AFTER));
        if (Files.exists(unfinished) && Files.getLastModifiedTime(unfinished).compareTo(before) > 0) {
            return ClassArchive.NONE;
        }
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished);
        return new ClassArchive(file, unfinished);
    }

    /** Digest of Java and the jars: the JVM refuses an archive that was made with others. */
    private static String identity(List<Path> classPath) throws IOException {
        StringBuilder all = new StringBuilder(System.getProperty("java.home"))
                .append(System.getProperty("java.vm.version"))
                .append(System.getProperty("java.vm.name"));
        for (Path jar : classPath) {
            all.append('\n')
                    .append(jar)
                    .append(' ')
                    .append(Files.size(jar))
                    .append(' ')
                    .append(Files.getLastModifiedTime(jar));
        }
        return UUID.nameUUIDFromBytes(all.toString().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
