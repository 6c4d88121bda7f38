package io.afterlearner.local.archive;

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
 * The archives of one built repository: one for each service, made by the first {@code retrofit} after a build when its
 * services end, and used by all later commands. The script {@code afterlearner} does the same for the launcher.
 *
 * @param folder null for none: then nothing is archived or read
 * @param writing whether a missing archive is made
 */
public record ClassArchives(@Nullable Path folder, boolean writing) {
    static final String FOLDER = "afterlearner.archives";
    static final String WRITING = "afterlearner.archives.write";
    /** The script's, of the same jars and the same Java. */
    static final String LAUNCHER = "launcher.jsa";
    /** Another process may be making the same archive; one that could not be made is not tried at every start. */
    private static final Duration TRY_AGAIN_AFTER = Duration.ofHours(1);

    /** As the script set them for this process. */
    public static ClassArchives ofProcess() {
        String folder = System.getProperty(FOLDER, "");
        return new ClassArchives(folder.isEmpty() ? null : Path.of(folder), Boolean.getBoolean(WRITING));
    }

    /** The options that make another launcher use them. */
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
     * @param makeable whether its JVM runs with the usual options, which an archive must be made with
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
            // A repository that can only be read works without.
            return ClassArchive.NONE;
        }
    }

    /** The name of what is written is free at once, so that of two processes one makes the archive. */
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

    /** Of the Java and the jars: with others the JVM refuses an archive. */
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
