package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.evaluation.data.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Fills parts with what sources answer. A file that is asked for by digest goes on where it was cut short, also in a later process.
 */
record Fetching(Source http, Source objects, Policy policy) {
    private static final int MAX_BREAKS = 5;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** The part has the digest afterwards. */
    void verified(URI uri, String sha256, Part part, long maxBytes, long deadlineNanos) throws IOException {
        boolean resumed = part.bytes() > 0;
        fill(uri, part, maxBytes, deadlineNanos);
        String found = Digest.sha256(part.file());
        if (resumed && !found.equals(sha256)) {
            // The earlier bytes may be another file's.
            part.clear();
            fill(uri, part, maxBytes, deadlineNanos);
            found = Digest.sha256(part.file());
        }
        if (!found.equals(sha256)) {
            refuse(uri, sha256, part, found);
        }
    }

    private static void refuse(URI uri, String sha256, Part part, String found) throws IOException {
        try {
            Stranger.check(uri, part.file());
        } finally {
            part.delete();
        }
        throw new FetchException(
                new Refusal(
                        Shown.of(uri) + " has the digest " + found + ", not " + sha256,
                        "use the original file or update the digest"),
                null,
                found);
    }

    private void fill(URI uri, Part part, long maxBytes, long deadlineNanos) throws IOException {
        for (int breaks = 0; ; breaks++) {
            long before = part.bytes();
            try {
                transfer(uri, before, part, maxBytes, deadlineNanos, true);
                return;
            } catch (IOException e) {
                boolean progressed = part.bytes() > before;
                if (!progressed || breaks >= MAX_BREAKS || deadlineNanos - System.nanoTime() <= 0) {
                    throw e;
                }
                LockSupport.parkNanos(PAUSE_NANOS << breaks);
            }
        }
    }

    /** The digest of a part whose digest nobody knows before. */
    String unverified(URI uri, Part part, long maxBytes, long deadlineNanos) throws IOException {
        transfer(uri, 0, part, maxBytes, deadlineNanos, false);
        return Digest.sha256(part.file());
    }

    private void transfer(URI uri, long fromBytes, Part part, long maxBytes, long deadlineNanos, boolean verified)
            throws IOException {
        Source source = "s3".equalsIgnoreCase(uri.getScheme()) ? objects : http;
        Answer answer = source.open(uri, fromBytes, deadlineNanos);
        Closeable hangUp = answer.hangUp();
        try (hangUp) {
            new Transfer(uri, policy, deadlineNanos, maxBytes).write(answer, part, verified);
        }
    }
}
