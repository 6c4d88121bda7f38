package io.afterlearner.http;

import io.afterlearner.access.Refused;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Limits the bytes of all bodies in memory, from the first byte of a request to the end of its answer. Thread-safe. */
final class BodyMemory {
    /** Overhead of each request with a body. */
    static final long BYTES_PER_BODY = 1024;

    private final long maxBytes;
    private final long maxBytesPerClient;
    private final Map<String, Long> byClient = new HashMap<>();
    private long bytes;

    /** @param maxBytes of all bodies; one client may take half */
    BodyMemory(long maxBytes) {
        this.maxBytes = maxBytes;
        this.maxBytesPerClient = maxBytes / 2;
    }

    /** The share of a new body, empty at first. Close it after the answer. */
    Share share(String client) {
        return new Share(client);
    }

    synchronized long bytes() {
        return bytes;
    }

    private synchronized @Nullable Refused take(String client, long more) {
        long clients = byClient.getOrDefault(client, 0L) + more;
        if (clients > maxBytesPerClient) {
            return new Refused(
                    429,
                    "one client's bodies take more than " + maxBytesPerClient
                            + " bytes at once; wait for answers, or raise " + RequestGate.MAX_BUFFERED_BYTES,
                    1);
        }
        if (bytes + more > maxBytes) {
            return new Refused(
                    503,
                    "all clients' bodies take more than " + maxBytes + " bytes at once; send it again, or raise "
                            + RequestGate.MAX_BUFFERED_BYTES,
                    1);
        }
        bytes += more;
        byClient.put(client, clients);
        return null;
    }

    private synchronized void giveBack(String client, long taken) {
        bytes -= taken;
        byClient.computeIfPresent(client, (of, before) -> before == taken ? null : before - taken);
    }

    /** The memory of one body. Not thread-safe. */
    final class Share implements AutoCloseable {
        private final String client;
        private long taken;
        private boolean closed;

        private Share(String client) {
            this.client = client;
        }

        /** Takes memory for further bytes. Returns why there is none left; null if it was taken. */
        @Nullable
        Refused take(long length) {
            if (closed) {
                return null;
            }
            Refused refused = BodyMemory.this.take(client, length);
            taken += refused == null ? length : 0;
            return refused;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                giveBack(client, taken);
            }
        }
    }
}
