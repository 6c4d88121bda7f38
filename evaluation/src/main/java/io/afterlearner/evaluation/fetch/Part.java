package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being downloaded. Its name, {@code part-ID-BYTES}, says how large it will be, so that other processes leave room
 * for it. Whoever writes it holds the lock of its id.
 */
final class Part {
    static final String PREFIX = "part-";

    private static final Pattern NAME = Pattern.compile("part-([0-9a-f]+)-(\\d{1,18})");

    private final Room room;
    private final String id;
    private Path file;

    private Part(Room room, String id, Path file) {
        this.room = room;
        this.id = id;
        this.file = file;
    }

    /**
     * What is left of an earlier download, or an empty part.
     *
     * @param id the digest of the whole, or of a part that cannot be resumed anything else
     */
    static Part of(Room room, String id) throws IOException {
        @Nullable
        Path left = room.list(name -> name.startsWith(PREFIX + id + "-")).stream()
                .findFirst()
                .orElse(null);
        return new Part(room, id, left == null ? Files.createFile(room.folder().resolve(name(id, 0))) : left);
    }

    private static String name(String id, long bytes) {
        return PREFIX + id + "-" + bytes;
    }

    /** The lock that whoever writes such a file holds; null if no version of this class wrote it. */
    static @Nullable String lock(String fileName) {
        Matcher name = NAME.matcher(fileName);
        return name.matches() ? writing(name.group(1)) : null;
    }

    static String writing(String id) {
        return "writing " + id;
    }

    /** How large a file with this name will be; 0 if unknown. */
    static long announcedBytes(String fileName) {
        Matcher name = NAME.matcher(fileName);
        return name.matches() ? Long.parseLong(name.group(2)) : 0;
    }

    Path file() {
        return file;
    }

    long bytes() throws IOException {
        return Files.size(file);
    }

    /**
     * Prepares for a body that begins at this byte.
     *
     * @param bodyBytes -1 if unknown
     * @throws NotKeptException if there is no room for it
     */
    void begin(long fromBytes, long bodyBytes) {
        try {
            room.announce(() -> {
                long whole = bodyBytes < 0 ? 0 : fromBytes + bodyBytes;
                Path announced = room.folder().resolve(name(id, whole));
                file = Files.move(file, announced, StandardCopyOption.ATOMIC_MOVE);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.truncate(fromBytes);
                }
            });
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    OutputStream append() {
        try {
            return Files.newOutputStream(file, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private NotKeptException notKept(IOException e) {
        return new NotKeptException(
                new Refusal("a download cannot be kept in " + room.folder() + ": " + Refusal.reason(e), room.fix()), e);
    }

    void clear() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(0);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }
}
