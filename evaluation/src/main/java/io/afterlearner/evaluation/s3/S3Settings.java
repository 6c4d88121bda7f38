package io.afterlearner.evaluation.s3;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where S3 objects are and which may be used. Credentials are no settings of ours: they come from AWS' variables and files.
 *
 * @param buckets that may be named; empty allows all
 * @param endpoint of a store other than AWS; null for AWS, or for what AWS_ENDPOINT_URL_S3 or a profile says
 * @param region null for what AWS_REGION or the profile says, else us-east-1
 * @param pathStyle whether the bucket is in the path instead of the host name; null: only with an endpoint
 * @param instanceMetadata whether an EC2 machine's own role is used when no credentials are configured
 */
public record S3Settings(
        List<String> buckets,
        @Nullable URI endpoint,
        @Nullable String region,
        @Nullable Boolean pathStyle,
        boolean instanceMetadata) {
    private static final String PREFIX = "afterlearner.s3.";

    /** AWS, all buckets. */
    public static final S3Settings DEFAULT = new S3Settings(List.of(), null, null, null, false);

    /**
     * From settings such as {@code afterlearner.s3.endpoint}.
     *
     * @param value of a setting by name; null if it is not set
     * @throws IllegalArgumentException for a value that is not valid, with its name and range
     */
    public static S3Settings from(Function<String, @Nullable String> value) {
        Function<String, @Nullable String> given = name -> {
            String text = value.apply(PREFIX + name);
            return text == null || text.isBlank() ? null : text.strip();
        };
        String buckets = given.apply("buckets");
        String endpoint = given.apply("endpoint");
        Boolean metadata = flag("instance-metadata", given.apply("instance-metadata"));
        return new S3Settings(
                buckets == null
                        ? List.of()
                        : Stream.of(buckets.split(","))
                                .map(String::strip)
                                .filter(bucket -> !bucket.isEmpty())
                                .toList(),
                endpoint == null ? null : endpoint(PREFIX + "endpoint", endpoint),
                given.apply("region"),
                flag("path-style", given.apply("path-style")),
                metadata != null && metadata);
    }

    /**
     * From environment variables such as {@code AFTERLEARNER_S3_ENDPOINT}.
     *
     * @throws IllegalArgumentException as {@link #from}
     */
    public static S3Settings ofProcess() {
        return from(name -> System.getenv(variable(name)));
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** @param name for the message; the value is not shown, because it may hold a password */
    static URI endpoint(String name, String value) {
        try {
            URI uri = URI.create(value);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            if (http && uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(noEndpoint(name), e);
        }
        throw new IllegalArgumentException(noEndpoint(name));
    }

    private static String noEndpoint(String name) {
        return name + " is not the URL of a store; give http://HOST:PORT or https://HOST, without user and query";
    }

    private static @Nullable Boolean flag(String name, @Nullable String value) {
        if (value == null) {
            return null;
        }
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(PREFIX + name + " is " + value + "; give true or false");
        };
    }

    boolean allows(String bucket) {
        return buckets.isEmpty() || buckets.contains(bucket);
    }
}
