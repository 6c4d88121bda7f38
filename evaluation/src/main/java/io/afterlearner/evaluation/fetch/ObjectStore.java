package io.afterlearner.evaluation.fetch;

import io.afterlearner.evaluation.s3.S3Location;
import io.afterlearner.evaluation.s3.S3Object;
import io.afterlearner.evaluation.s3.S3Store;
import io.afterlearner.evaluation.s3.StoreException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** Objects of an S3-compatible store. Thread-safe. */
final class ObjectStore implements Source {
    private final S3Store store;
    private final Policy policy;

    ObjectStore(S3Store store, Policy policy) {
        this.store = store;
        this.policy = policy;
    }

    @Override
    public Answer open(URI uri, long fromBytes, long deadlineNanos) throws IOException {
        S3Location at = location(uri);
        try {
            return open(at, fromBytes, within(deadlineNanos));
        } catch (StoreException e) {
            if (fromBytes > 0) {
                // Whatever is wrong with the range: what is wrong with the whole file is for the user.
                return open(uri, 0, deadlineNanos);
            }
            throw new FetchException(e.refusal(), e);
        }
    }

    private static S3Location location(URI uri) {
        try {
            return S3Location.of(uri);
        } catch (StoreException e) {
            throw new FetchException(e.refusal(), e);
        }
    }

    private Answer open(S3Location at, long fromBytes, Duration within) throws IOException {
        S3Object object = store.read(at, fromBytes, within);
        // S3 stores what it was given: a file that was packed before is identified by the packed bytes.
        return new Answer(object.body(), object.fromBytes(), object.lengthBytes(), true, "identity", object);
    }

    private Duration within(long deadlineNanos) {
        Duration left = Duration.ofNanos(Math.max(1_000_000, deadlineNanos - System.nanoTime()));
        return left.compareTo(policy.answerWithin()) < 0 ? left : policy.answerWithin();
    }
}
