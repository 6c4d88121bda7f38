package io.afterlearner.evaluation.s3;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.InstanceProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.profiles.ProfileFileSystemSetting;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.auth.StsWebIdentityTokenFileCredentialsProvider;

/**
 * The first credentials that are configured, in AWS' order. A failure of these is an error, and no others are tried: they might
 * belong to somebody else.
 *
 * @param source where they come from, for messages
 */
record Credentials(String source, AwsCredentialsProvider provider) {

    /** Null if none are configured. */
    static @Nullable Credentials find(Region region, boolean instanceMetadata, Duration maxSilence) {
        if (System.getProperty(SdkSystemSetting.AWS_ACCESS_KEY_ID.property()) != null) {
            return new Credentials("the system property aws.accessKeyId", SystemPropertyCredentialsProvider.create());
        }
        if (isSet(SdkSystemSetting.AWS_ACCESS_KEY_ID)) {
            return new Credentials(
                    "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY", EnvironmentVariableCredentialsProvider.create());
        }
        if (isSet(SdkSystemSetting.AWS_WEB_IDENTITY_TOKEN_FILE)) {
            return new Credentials("AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN", webIdentity(region, maxSilence));
        }
        Optional<String> profile = profile();
        if (profile.isPresent()) {
            return new Credentials("the profile " + profile.get(), ProfileCredentialsProvider.create(profile.get()));
        }
        if (isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_FULL_URI)
                || isSet(SdkSystemSetting.AWS_CONTAINER_CREDENTIALS_RELATIVE_URI)) {
            return new Credentials(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                    ContainerCredentialsProvider.builder().build());
        }
        return instanceMetadata
                ? new Credentials("the instance metadata", InstanceProfileCredentialsProvider.create())
                : null;
    }

    /** The client asks without credentials, in a region that is known: neither looks for the metadata of a machine. */
    private static AwsCredentialsProvider webIdentity(Region region, Duration maxSilence) {
        StsClient sts = StsClient.builder()
                .region(region)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(S3Clients.connections(maxSilence))
                .build();
        return StsWebIdentityTokenFileCredentialsProvider.builder()
                .stsClient(sts)
                .build();
    }

    /** The profile that is named, or the default one if it exists. */
    private static Optional<String> profile() {
        Optional<String> named = ProfileFileSystemSetting.AWS_PROFILE.getStringValue();
        return named.isPresent() && !isNamed()
                ? named.filter(
                        name -> ProfileFile.defaultProfileFile().profile(name).isPresent())
                : named;
    }

    /** AWS' own setting has a default. */
    private static boolean isNamed() {
        return System.getenv("AWS_PROFILE") != null || System.getProperty("aws.profile") != null;
    }

    private static boolean isSet(SdkSystemSetting setting) {
        return setting.getStringValue().filter(value -> !value.isBlank()).isPresent();
    }
}
