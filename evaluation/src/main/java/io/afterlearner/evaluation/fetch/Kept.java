package io.afterlearner.evaluation.fetch;

import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of downloads. A file has its SHA-256 as name; while it is written, {@code part-…}. Processes may share the folder. */
final class Kept {
    static final String TOGETHER = "together-";

    private static final String PART = "part-";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    /** A file that was requested this recently may be read soon, so it is kept even beyond the limit. */
    private static final Duration SAFE = Duration.ofMinutes(1);
    /** Checking what was downloaded writes nothing; it takes less time than this. */
    private static final Duration MAX_CHECK = Duration.ofMinutes(10);

    private final Path folder;
    private final Policy policy;
    private final Consumer<String> news;

    Kept(Path folder, Policy policy, Consumer<String> news) {
        this.folder = folder;
        this.policy = policy;
        this.news = news;
    }

    Path folder() {
        return folder;
    }

    /** The file with this digest, whose bytes are compared with it each time; null if there is none. */
    @Nullable
    Path find(String sha256) {
        Path kept = folder.resolve(sha256);
        if (!SHA256.matcher(sha256).matches() || !Files.isRegularFile(kept)) {
            return null;
        }
        if (!sha256.equals(digest(kept))) {
            news.accept(kept + " no longer matches its digest; it is fetched again");
            return null;
        }
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

    /** A new file that {@link #sweep} removes if this process is killed. */
    Path part() throws IOException {
        Files.createDirectories(folder);
        return Files.createTempFile(folder, PART, "");
    }

    Path keep(Path part, String sha256) throws IOException {
        Path kept = folder.resolve(sha256);
        Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        makeRoom();
        return kept;
    }

    /** Removes what a killed process left: a download that goes on writes more often than this. */
    void sweep() throws IOException {
        Instant written =
                Instant.now().minus(policy.idleWithin().multipliedBy(2)).minus(MAX_CHECK);
        for (Path part : list(file -> name(file).startsWith(PART))) {
            if (usedAt(part).isBefore(written)) {
                Files.deleteIfExists(part);
            }
        }
    }

    private synchronized void makeRoom() throws IOException {
        List<Path> newestFirst = list(file -> SHA256.matcher(name(file)).matches()).stream()
                .sorted(Comparator.comparing(Kept::usedAt).reversed())
                .toList();
        long taken = 0;
        Instant safe = Instant.now().minus(SAFE);
        for (Path file : newestFirst) {
            taken += file.toFile().length();
            if (taken > policy.maxKeptBytes() && usedAt(file).isBefore(safe)) {
                Files.deleteIfExists(file);
            }
        }
        if (taken > policy.maxKeptBytes()) {
            dissolve(safe);
        }
    }

    /** A folder of linked files keeps the bytes of files that were deleted. */
    private void dissolve(Instant safe) throws IOException {
        for (Path each : list(file -> name(file).startsWith(TOGETHER))) {
            if (!usedAt(each).isBefore(safe)) {
                continue;
            }
            try (Stream<Path> content = Files.walk(each)) {
                for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
    }

    private List<Path> list(Predicate<Path> which) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(which).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static Instant usedAt(Path file) {
        return Instant.ofEpochMilli(file.toFile().lastModified());
    }
}
