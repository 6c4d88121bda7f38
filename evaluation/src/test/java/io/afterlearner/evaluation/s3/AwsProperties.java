package io.afterlearner.evaluation.s3;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** AWS' settings as system properties, until it is closed. */
public final class AwsProperties implements AutoCloseable {
    private final Map<String, @Nullable String> before = new HashMap<>();

    /** Valid credentials of {@link S3Server}. */
    public static AwsProperties valid() {
        return keys(S3Server.KEY_ID, S3Server.SECRET);
    }

    public static AwsProperties keys(String id, String secret) {
        return new AwsProperties().with("aws.accessKeyId", id).with("aws.secretAccessKey", secret);
    }

    public AwsProperties with(String name, String value) {
        before.putIfAbsent(name, System.getProperty(name));
        System.setProperty(name, value);
        return this;
    }

    public boolean isSet() {
        return !before.isEmpty();
    }

    @Override
    public void close() {
        before.forEach((name, value) -> {
            if (value == null) {
                System.clearProperty(name);
            } else {
                System.setProperty(name, value);
            }
        });
    }
}
