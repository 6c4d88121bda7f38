package io.afterlearner.evaluation.s3;

import java.net.URI;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An object, or the beginning of several objects' names: {@code s3://bucket/key}, with {@code ?versionId=…} for an old version.
 *
 * @param key not percent-encoded; may be empty
 * @param version null for the newest
 */
public record S3Location(
        String bucket, String key, @Nullable String version) {
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,254}");
    private static final Pattern VERSION = Pattern.compile("versionId=([A-Za-z0-9._-]{1,1024})");
    /** Of the key's UTF-8 bytes; S3's own limit. */
    private static final int MAX_KEY_LENGTH = 1024;

    /**
     * @param uri whose path is percent-encoded
     * @throws StoreException if it is no such address
     */
    public static S3Location of(URI uri) {
        String authority = uri.getRawAuthority();
        if (authority == null || !BUCKET.matcher(authority).matches()) {
            // The authority is not shown, because it may hold a key.
            throw new StoreException(
                    "an s3: address has no valid bucket", "give s3://BUCKET/KEY, without a user or port");
        }
        String path = uri.getPath();
        if (path.length() > MAX_KEY_LENGTH) {
            throw new StoreException("s3://" + authority + "/… has a key over 1024 characters", "use a shorter key");
        }
        return new S3Location(authority, path.isEmpty() ? "" : path.substring(1), version(uri, authority + path));
    }

    private static @Nullable String version(URI uri, String shown) {
        String query = uri.getRawQuery();
        if (query == null && uri.getRawFragment() == null) {
            return null;
        }
        Matcher version = VERSION.matcher(query == null ? "" : query);
        if (uri.getRawFragment() != null || !version.matches()) {
            throw new StoreException(
                    "s3://" + shown + " has a query or fragment that is not supported",
                    "give s3://BUCKET/KEY or s3://BUCKET/KEY?versionId=VERSION; write '?' in a key as %3F and '#' as %23");
        }
        return version.group(1);
    }

    /** A name below this one. */
    public S3Location child(String name) {
        return new S3Location(bucket, key.isEmpty() || key.endsWith("/") ? key + name : key + "/" + name, null);
    }

    /** As given in messages. */
    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key + (version == null ? "" : "?versionId=" + version);
    }
}
