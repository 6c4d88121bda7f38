package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The space of a folder of downloads, which several processes share. Beyond the limit the least recently used files are deleted,
 * but none that a process is using or writing. Thread-safe.
 */
final class Room {
    /** Looking through the folder takes less time. */
    private static final Duration MAX_WAIT = Duration.ofSeconds(30);
    /** What a killed process left of a file can be resumed for this long. */
    private static final Duration RESUMABLE = Duration.ofDays(1);

    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    interface Change {
        void make() throws IOException;
    }

    private final Path folder;
    private final Policy policy;

    Room(Path folder, Policy policy) {
        this.folder = folder;
        this.policy = policy;
    }

    Path folder() {
        return folder;
    }

    String fix() {
        return policy.fixes().folder();
    }

    /** Locks the name alone, or waits for whoever has it; null if that takes too long. */
    Locks.@Nullable Held alone(String name, long deadlineNanos) throws IOException {
        while (true) {
            Locks.Held held = Locks.of(folder).alone(name);
            if (held != null || deadlineNanos - System.nanoTime() <= 0) {
                return held;
            }
            pause();
        }
    }

    /** Locks the name with others; waits while somebody deletes what it names. */
    Locks.Held shared(String name) throws IOException {
        long deadlineNanos = System.nanoTime() + MAX_WAIT.toNanos();
        while (true) {
            Locks.Held held = Locks.of(folder).shared(name);
            if (held != null) {
                return held;
            }
            if (deadlineNanos - System.nanoTime() <= 0) {
                throw new IOException("another process has locked " + name + " for " + Shown.of(MAX_WAIT));
            }
            pause();
        }
    }

    private static void pause() throws IOException {
        LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        if (Thread.interrupted()) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }

    /**
     * Makes a change that takes more space, and room for it. Processes do that one after another.
     *
     * @throws NotKeptException if what is in use takes too much space
     */
    void announce(Change change) throws IOException {
        try (Locks.Held alone = alone("room", System.nanoTime() + MAX_WAIT.toNanos())) {
            if (alone == null) {
                throw new IOException("another process has locked it for " + Shown.of(MAX_WAIT));
            }
            change.make();
            makeRoom();
        }
    }

    private void makeRoom() throws IOException {
        for (Path oldest : oldestFirst()) {
            if (takenBytes() <= policy.maxKeptBytes()) {
                return;
            }
            delete(oldest);
        }
        long taken = takenBytes();
        if (taken > policy.maxKeptBytes()) {
            throw new NotKeptException(
                    new Refusal(
                            folder + " has no room: the files that are in use or on their way take "
                                    + Shown.bytes(taken) + " of " + Shown.bytes(policy.maxKeptBytes()),
                            policy.fixes().size()),
                    null);
        }
    }

    private List<Path> oldestFirst() throws IOException {
        return list(Kept::isKept).stream()
                .sorted(Comparator.comparing(Room::usedAt))
                .toList();
    }

    /** Hard links to the same bytes count once. */
    private long takenBytes() throws IOException {
        Set<Object> counted = new HashSet<>();
        long taken = 0;
        for (Path each : list(Kept::isKept)) {
            for (Path file : filesOf(each)) {
                taken += takenBytes(file, counted);
            }
        }
        return taken;
    }

    private static long takenBytes(Path file, Set<Object> counted) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            Object key = attributes.fileKey();
            boolean isNew = attributes.isRegularFile() && (key == null || counted.add(key));
            return isNew ? Math.max(attributes.size(), Part.announcedBytes(Kept.name(file))) : 0;
        } catch (NoSuchFileException e) {
            // Its download has just ended or failed.
            return 0;
        }
    }

    private static List<Path> filesOf(Path entry) throws IOException {
        try (Stream<Path> files = Files.walk(entry)) {
            return new ArrayList<>(files.toList());
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Nothing happens if a process is using or writing it. */
    private void delete(Path entry) throws IOException {
        String part = Part.lock(Kept.name(entry));
        try (Locks.Held alone = Locks.of(folder).alone(part == null ? Kept.using(Kept.name(entry)) : part)) {
            if (alone == null) {
                return;
            }
            List<Path> files = filesOf(entry);
            files.sort(Comparator.reverseOrder());
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Removes what killed processes left, unless it can be resumed. */
    void sweep() throws IOException {
        Instant old = Instant.now().minus(RESUMABLE);
        for (Path part : list(name -> name.startsWith(Part.PREFIX))) {
            String name = Kept.name(part);
            // An earlier version of this class has no locks.
            boolean mayGoOn = Part.lock(name) == null || Kept.isResumable(name);
            if (!mayGoOn || usedAt(part).isBefore(old)) {
                delete(part);
            }
        }
    }

    List<Path> list(Predicate<String> which) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> which.test(Kept.name(file))).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Instant usedAt(Path file) {
        return Instant.ofEpochMilli(file.toFile().lastModified());
    }
}
