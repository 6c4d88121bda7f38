package io.afterlearner.evaluation.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.AwsProfileRegionProvider;
import software.amazon.awssdk.regions.providers.AwsRegionProvider;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Clients of S3 that ask nothing of a machine's metadata unless a setting says so. */
final class S3Clients {
    /** Of one request; a store that asks to slow down gets the later ones after ever longer pauses. */
    static final int MAX_ATTEMPTS = 5;
    /** A connection that is read cannot be closed meanwhile. Whoever watches the speed says so before the read ends. */
    private static final Duration LATER = Duration.ofSeconds(1);

    private S3Clients() {}

    static UrlConnectionHttpClient.Builder connections(Duration maxSilence) {
        return UrlConnectionHttpClient.builder().connectionTimeout(maxSilence).socketTimeout(maxSilence.plus(LATER));
    }

    static S3Client create(S3Settings settings, Region region, Credentials credentials, Duration maxSilence) {
        URI endpoint = endpoint(settings);
        boolean pathStyle = settings.pathStyle() == null ? endpoint != null : settings.pathStyle();
        S3ClientBuilder client = S3Client.builder()
                .region(region)
                .credentialsProvider(credentials.provider())
                .httpClientBuilder(connections(maxSilence))
                .forcePathStyle(pathStyle)
                // A bucket in another region than the configured one is asked there.
                .crossRegionAccessEnabled(true)
                // Stores other than AWS do not know the newer checksums. Content-MD5 and our own SHA-256 protect the
                // bytes.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .serviceConfiguration(s3 -> s3.chunkedEncodingEnabled(false))
                .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(MAX_ATTEMPTS)
                        .build()));
        return (endpoint == null ? client : client.endpointOverride(endpoint)).build();
    }

    private static @Nullable URI endpoint(S3Settings settings) {
        if (settings.endpoint() != null) {
            return settings.endpoint();
        }
        for (String variable : new String[] {"AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"}) {
            String value = System.getenv(variable);
            if (value != null && !value.isBlank()) {
                try {
                    return S3Settings.endpoint(variable, value.strip());
                } catch (IllegalArgumentException e) {
                    throw new StoreException(
                            "the variable " + variable + " cannot be used", String.valueOf(e.getMessage()), e);
                }
            }
        }
        return null;
    }

    static Region region(S3Settings settings) {
        if (settings.region() != null) {
            return Region.of(settings.region());
        }
        return region(new SystemSettingsRegionProvider())
                .or(() -> region(new AwsProfileRegionProvider()))
                .orElse(Region.US_EAST_1);
    }

    private static Optional<Region> region(AwsRegionProvider provider) {
        try {
            return Optional.ofNullable(provider.getRegion());
        } catch (SdkClientException e) {
            return Optional.empty();
        }
    }
}
