package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;

/** Writes the body of one response to a file: all bytes that the server announced, or it throws an exception. */
final class Transfer {
    private final URI uri;
    private final Policy policy;
    private final long deadlineNanos;
    private final long maxBytes;

    /** @param maxBytes limit of the file */
    Transfer(URI uri, Policy policy, long deadlineNanos, long maxBytes) {
        this.uri = uri;
        this.policy = policy;
        this.deadlineNanos = deadlineNanos;
        this.maxBytes = maxBytes;
    }

    /**
     * Adds the body to what the file has, or replaces it.
     *
     * @param verified whether the digest shows later that no byte is missing
     */
    void write(Answer answer, Part part, boolean verified) throws IOException {
        check(answer, verified);
        part.begin(answer.fromBytes(), answer.lengthBytes());
        long received = copy(answer, part);
        if (answer.lengthBytes() >= 0 && received != answer.lengthBytes()) {
            throw new EOFException("the body ended after " + received + " of " + answer.lengthBytes() + " bytes");
        }
    }

    private void check(Answer answer, boolean verified) {
        if (!answer.encoding().equalsIgnoreCase("identity")) {
            throw new FetchException(
                    Shown.of(uri) + " sends the file in the encoding " + answer.encoding()
                            + ", which was not requested",
                    "serve it without an encoding");
        }
        if (answer.lengthBytes() > maxBytes - answer.fromBytes()) {
            throw tooLarge();
        }
        if (!verified && !answer.isFramed()) {
            throw new FetchException(
                    Shown.of(uri) + " does not say how long it is, so a part of it could be missing",
                    "give its sha256");
        }
    }

    private FetchException tooLarge() {
        return new FetchException(
                Shown.of(uri) + " is larger than the limit of " + maxBytes + " bytes",
                policy.fixes().size());
    }

    private long copy(Answer answer, Part part) throws IOException {
        Watch watch = Watch.over(answer.hangUp(), policy, deadlineNanos);
        long received = 0;
        try (watch;
                OutputStream out = part.append()) {
            received = copy(answer, out, watch);
            if (received > maxBytes - answer.fromBytes()) {
                part.clear();
                throw tooLarge();
            }
        } catch (IOException e) {
            if (watch.tooSlow() == null) {
                throw e;
            }
        }
        String slow = watch.tooSlow();
        if (slow != null) {
            throw new FetchException(Shown.of(uri) + " " + slow, policy.fixes().time());
        }
        return received;
    }

    /** Ends soon after the limit of the file. */
    private long copy(Answer answer, OutputStream to, Watch watch) throws IOException {
        InputStream from = answer.body();
        byte[] chunk = new byte[1 << 16];
        long received = 0;
        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
            received += read;
            if (received > maxBytes - answer.fromBytes()) {
                return received;
            }
            watch.received(read);
            write(to, chunk, read);
        }
        return received;
    }

    private void write(OutputStream to, byte[] chunk, int bytes) {
        try {
            to.write(chunk, 0, bytes);
        } catch (IOException e) {
            throw new NotKeptException(
                    new Refusal(
                            Shown.of(uri) + " cannot be kept: " + Refusal.reason(e),
                            policy.fixes().folder()),
                    e);
        }
    }
}
