package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the body of one response to a file: all bytes that the server announced, or it throws an exception. */
final class Transfer {
    private final URI uri;
    private final Policy policy;
    private final long deadlineNanos;
    private final long maxBytes;

    Transfer(URI uri, Policy policy, long deadlineNanos, long maxBytes) {
        this.uri = uri;
        this.policy = policy;
        this.deadlineNanos = deadlineNanos;
        this.maxBytes = maxBytes;
    }

    /** @param verified whether the digest shows later that no byte is missing */
    void write(HttpResponse<InputStream> answer, InputStream body, Path file, boolean verified) throws IOException {
        long length = answer.headers().firstValueAsLong("Content-Length").orElse(-1);
        check(answer.headers(), length, verified);
        long received = copy(body, file);
        if (length >= 0 && received != length) {
            throw new FetchException(
                    Shown.of(uri) + " ended after " + received + " of " + length + " bytes", "try again");
        }
    }

    private void check(HttpHeaders headers, long length, boolean verified) {
        String encoding = headers.firstValue("Content-Encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw new FetchException(
                    Shown.of(uri) + " sends the file in the encoding " + encoding + ", which was not requested",
                    "serve it without an encoding");
        }
        if (length > maxBytes) {
            throw tooLarge();
        }
        if (length < 0 && !verified && headers.firstValue("Transfer-Encoding").isEmpty()) {
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

    private long copy(InputStream body, Path file) throws IOException {
        Watch watch = Watch.over(body, policy, deadlineNanos);
        long received = 0;
        try (watch;
                OutputStream out = open(file)) {
            received = copy(body, out, watch);
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

    private long copy(InputStream from, OutputStream to, Watch watch) throws IOException {
        byte[] chunk = new byte[1 << 16];
        long received = 0;
        for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
            received += read;
            if (received > maxBytes) {
                throw tooLarge();
            }
            watch.received(read);
            write(to, chunk, read);
        }
        return received;
    }

    private OutputStream open(Path file) {
        try {
            return Files.newOutputStream(file);
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private void write(OutputStream to, byte[] chunk, int bytes) {
        try {
            to.write(chunk, 0, bytes);
        } catch (IOException e) {
            throw notKept(e);
        }
    }

    private NotKeptException notKept(IOException e) {
        return new NotKeptException(
                new Refusal(
                        Shown.of(uri) + " cannot be kept: " + Refusal.reason(e),
                        policy.fixes().folder()),
                e);
    }
}
