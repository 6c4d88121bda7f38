package io.afterlearner.local.stack;

import io.afterlearner.aleph.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Allows one stack per home. The operating system releases the lock however its holder ends. */
final class HomeLock implements AutoCloseable {
    private final FileChannel channel;

    private HomeLock(FileChannel channel) {
        this.channel = channel;
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
