package io.afterlearner.evaluation.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.utils.Md5Utils;

/**
 * Reads and writes objects. The client is made at the first use, so that whoever uses no S3 does not wait for it. Thread-safe.
 */
public final class S3Store {
    /** The largest object that one request can write. */
    private static final long MAX_OBJECT_BYTES = 5L << 30;

    private record Open(S3Client client, String credentials) {}

    private final S3Settings settings;
    private final Duration maxSilence;
    private @Nullable Open open;

    /** @param maxSilence limit of connecting, and of waiting for the next bytes */
    public S3Store(S3Settings settings, Duration maxSilence) {
        this.settings = settings;
        this.maxSilence = maxSilence;
    }

    /**
     * Asks for an object.
     *
     * @param fromBytes the first byte wanted
     * @param within limit of asking, with all attempts, until the first byte arrives
     * @throws StoreException if it may not or cannot be read
     */
    public S3Object read(S3Location at, long fromBytes, Duration within) throws IOException {
        requireKey(at);
        return call(
                at,
                "s3:GetObject",
                client -> new S3Object(client.getObject(request -> {
                    request.bucket(at.bucket()).key(at.key()).versionId(at.version());
                    request.range(fromBytes == 0 ? null : "bytes=" + fromBytes + "-");
                    request.overrideConfiguration(o -> o.apiCallTimeout(within));
                })));
    }

    /**
     * Writes an object: whole, or not at all.
     *
     * @throws StoreException if it may not or cannot be written
     */
    public void write(S3Location at, Path file, String contentType, Duration within) throws IOException {
        requireKey(at);
        if (Files.size(file) > MAX_OBJECT_BYTES) {
            throw new StoreException(at + " would have over 5 GiB", "write it with another program");
        }
        String md5 = Md5Utils.md5AsBase64(file.toFile());
        call(
                at,
                "s3:PutObject",
                client -> client.putObject(
                        request -> request.bucket(at.bucket())
                                .key(at.key())
                                .contentType(contentType)
                                .contentMD5(md5)
                                .overrideConfiguration(o -> o.apiCallTimeout(within)),
                        RequestBody.fromFile(file)));
    }

    /**
     * Removes an object if it is there.
     *
     * @throws StoreException if it may not or cannot be removed
     */
    public void remove(S3Location at, Duration within) throws IOException {
        requireKey(at);
        call(
                at,
                "s3:DeleteObject",
                client -> client.deleteObject(request -> request.bucket(at.bucket())
                        .key(at.key())
                        .overrideConfiguration(o -> o.apiCallTimeout(within))));
    }

    private static void requireKey(S3Location at) {
        if (at.key().isEmpty() || at.key().endsWith("/")) {
            throw new StoreException(at + " names no object", "give s3://BUCKET/KEY");
        }
    }

    private <T> T call(S3Location at, String action, Function<S3Client, T> request) throws IOException {
        if (!settings.allows(at.bucket())) {
            throw new StoreException(at + " is in a bucket that is not allowed", "add it to afterlearner.s3.buckets");
        }
        Open now = open(at);
        try {
            return request.apply(now.client());
        } catch (AbortedException e) {
            throw new IOException("interrupted", e);
        } catch (SdkException e) {
            throw new S3Failure(at, action, now.credentials()).of(e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private synchronized Open open(S3Location at) {
        if (open == null) {
            Region region = S3Clients.region(settings);
            Credentials credentials = Credentials.find(region, settings.instanceMetadata(), maxSilence);
            if (credentials == null) {
                throw new StoreException(
                        at + " needs credentials, and none are configured",
                        "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or AWS_WEB_IDENTITY_TOKEN_FILE"
                                + " and AWS_ROLE_ARN; for the role of an EC2 machine, afterlearner.s3.instance-metadata=true");
            }
            open = new Open(S3Clients.create(settings, region, credentials, maxSilence), credentials.source());
        }
        return open;
    }
}
