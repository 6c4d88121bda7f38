package io.afterlearner.evaluation.fetch;

import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The whole files of a folder of downloads. A file has its SHA-256 as name. Processes may share the folder. */
final class Kept {
    static final String TOGETHER = "together-";

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern RESUMABLE = Pattern.compile("part-[0-9a-f]{64}-\\d+");

    private final Room room;
    private final Consumer<String> news;

    Kept(Room room, Consumer<String> news) {
        this.room = room;
        this.news = news;
    }

    static String name(Path file) {
        return file.getFileName().toString();
    }

    /** Whether it takes space of the folder. */
    static boolean isKept(String name) {
        return SHA256.matcher(name).matches() || name.startsWith(TOGETHER) || name.startsWith(Part.PREFIX);
    }

    static boolean isResumable(String name) {
        return RESUMABLE.matcher(name).matches();
    }

    /** The lock that whoever uses this file or folder holds. */
    static String using(String name) {
        return "using " + name;
    }

    /** The file with this digest, whose bytes are compared with it each time; null if there is none. */
    @Nullable
    Path find(String sha256, Uses uses) throws IOException {
        Path kept = room.folder().resolve(sha256);
        if (!SHA256.matcher(sha256).matches() || !Files.isRegularFile(kept)) {
            return null;
        }
        Locks.Held use = room.shared(using(sha256));
        String found = digest(kept);
        if (!sha256.equals(found)) {
            use.close();
            if (found != null) {
                news.accept(kept + " no longer matches its digest; it is fetched again");
            }
            return null;
        }
        uses.add(use);
        markUsed(kept);
        return kept;
    }

    /** Null if it cannot be read, or another process has deleted it. */
    private static @Nullable String digest(Path file) {
        try {
            return Digest.sha256(file);
        } catch (DataException e) {
            return null;
        }
    }

    private static void markUsed(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        } catch (IOException e) {
            // A file of another user, or on a read-only file system, can still be read.
            return;
        }
    }

    Path keep(Part part, String sha256, Uses uses) throws IOException {
        Path kept = room.folder().resolve(sha256);
        uses.add(room.shared(using(sha256)));
        room.announce(() ->
                Files.move(part.file(), kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
        return kept;
    }
}
