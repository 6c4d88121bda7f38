package io.afterlearner.local.stack;

import io.afterlearner.aleph.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Allows one stack per home. The operating system releases the lock however its holder ends. */
final class HomeLock implements AutoCloseable {
    /** Who looks whether the lock is held, such as {@code status}, holds it for a moment. */
    private static final int TRIES = 40;

    private static final long PAUSE_NANOS = 25_000_000;

    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
    }

    /** The lock; empty if another process, or another stack of this one, holds it for a second. */
    static Optional<HomeLock> hold(Home home) {
        Optional<HomeLock> lock = tryHold(home);
        for (int i = 1; i < TRIES && lock.isEmpty(); i++) {
            LockSupport.parkNanos(PAUSE_NANOS);
            lock = tryHold(home);
        }
        return lock;
    }

    /** The lock; empty while another process, or another stack of this one, holds it. */
    static Optional<HomeLock> tryHold(Home home) {
        home.create();
        try {
            FileChannel channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (held(channel)) {
                return Optional.of(new HomeLock(channel));
            }
            channel.close();
            return Optional.empty();
        } catch (IOException e) {
            throw new StackException(
                    "cannot lock " + home.lock() + ": " + Refusal.reason(e) + "; check the folder's permissions", e);
        }
    }

    /** Whether any process holds the lock. */
    static boolean isHeld(Home home) {
        if (!Files.exists(home.lock())) {
            return false;
        }
        Optional<HomeLock> free = tryHold(home);
        free.ifPresent(HomeLock::close);
        return free.isEmpty();
    }

    private static boolean held(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new StackException("cannot free the lock: " + Refusal.reason(e), e);
        }
    }
}
