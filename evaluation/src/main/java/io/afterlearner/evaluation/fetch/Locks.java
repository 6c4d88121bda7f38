package io.afterlearner.evaluation.fetch;

import io.afterlearner.evaluation.data.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Locks by name between the processes that share a folder. The operating system releases those of a process that is killed. Each
 * is one byte, at a place that its name gives, of a file that stays empty. Thread-safe.
 */
final class Locks {
    /** Closing a channel may release all locks that the process has on its file, so there is one, which is never closed. */
    private static final Map<Path, Locks> OPEN = new HashMap<>();

    /** Released by closing; closing again does nothing. */
    interface Held extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    private static final class Entry {
        private final FileLock lock;
        private int holders = 1;

        Entry(FileLock lock) {
            this.lock = lock;
        }
    }

    private final FileChannel channel;
    private final @Nullable Object file;
    private final Map<Long, Entry> entries = new HashMap<>();

    private Locks(FileChannel channel, @Nullable Object file) {
        this.channel = channel;
        this.file = file;
    }

    /** The locks of a folder, which is created if it is missing. */
    static synchronized Locks of(Path folder) throws IOException {
        Path path = Files.createDirectories(folder).toRealPath().resolve(".locks");
        Locks known = OPEN.get(path);
        if (known != null && known.file != null && known.file.equals(key(path))) {
            return known;
        }
        // New, or somebody deleted the folder: other processes meet at the new file.
        FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Locks locks = new Locks(channel, key(path));
        OPEN.put(path, locks);
        return locks;
    }

    private static @Nullable Object key(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** A lock that others may hold too; null if somebody holds it alone. */
    synchronized @Nullable Held shared(String name) throws IOException {
        long at = place(name);
        Entry entry = entries.get(at);
        if (entry == null) {
            return taken(at, true);
        }
        if (!entry.lock.isShared()) {
            return null;
        }
        entry.holders++;
        return held(at, entry);
    }

    /** A lock that nobody else holds; null if somebody does. */
    synchronized @Nullable Held alone(String name) throws IOException {
        long at = place(name);
        return entries.containsKey(at) ? null : taken(at, false);
    }

    private @Nullable Held taken(long at, boolean shared) throws IOException {
        try {
            FileLock lock = channel.tryLock(at, 1, shared);
            if (lock == null) {
                return null;
            }
            Entry entry = new Entry(lock);
            entries.put(at, entry);
            return held(at, entry);
        } catch (OverlappingFileLockException e) {
            // Another class loader of this process has it.
            return null;
        }
    }

    private Held held(long at, Entry entry) {
        return new Held() {
            private boolean closed;

            @Override
            public void close() throws IOException {
                synchronized (Locks.this) {
                    if (closed) {
                        return;
                    }
                    closed = true;
                    if (--entry.holders == 0) {
                        entries.remove(at);
                        entry.lock.release();
                    }
                }
            }
        };
    }

    private static long place(String name) {
        MessageDigest digest = Digest.sha256();
        byte[] bytes = digest.digest(name.getBytes(StandardCharsets.UTF_8));
        long place = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            place = place << 8 | (bytes[i] & 0xff);
        }
        // The last byte of the largest file has the number Long.MAX_VALUE - 1.
        return place >>> 2;
    }
}
