package io.afterlearner.access;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a file. Reads the file again when asked to; while it cannot be read, or has an error, the keys before stay in force.
 * Thread-safe.
 */
final class KeyRing {
    private static final Logger LOG = Logger.getLogger(KeyRing.class);
    private static final long MAX_BYTES = 1 << 20;

    private final Path file;
    private volatile List<AccessKey> keys;
    /** The text of the file, or why it could not be read. */
    private String seen;

    /** @throws IllegalArgumentException if the file cannot be read, or has an error */
    KeyRing(Path file) {
        this.file = file;
        try {
            this.seen = text(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(unreadable(e), e);
        }
        this.keys = KeyFile.parse(file.toString(), seen);
    }

    /** The key's line; null if there is none. Compares with every line, so that the time says nothing about the keys. */
    @Nullable
    AccessKey find(String presented) {
        String sha256 = AccessKey.sha256(presented);
        AccessKey found = null;
        for (AccessKey key : keys) {
            found = key.isOf(sha256) ? key : found;
        }
        return found;
    }

    /** Reads the file again. Compares the text: the file's time and length may be the same, as with symbolic links. */
    synchronized void refresh() {
        try {
            String now = text(file);
            if (!now.equals(seen)) {
                seen = now;
                keys = KeyFile.parse(file.toString(), now);
                LOG.infof("%s was read again: %s keys are in force", file, keys.size());
            }
        } catch (IllegalArgumentException e) {
            LOG.errorf("%s; the previous keys stay in force", e.getMessage());
        } catch (IOException e) {
            complain(unreadable(e));
        }
    }

    private void complain(String problem) {
        if (!problem.equals(seen)) {
            seen = problem;
            LOG.errorf("%s; the previous keys stay in force", problem);
        }
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes");
        }
        return Files.readString(file);
    }

    private String unreadable(IOException e) {
        String reason = e instanceof CharacterCodingException
                ? "it is not UTF-8 text"
                : e instanceof NoSuchFileException ? "there is no such file" : e.toString();
        return "afterlearner.http.keys-file " + file + " cannot be read: " + reason + "; correct the path or the file";
    }
}
