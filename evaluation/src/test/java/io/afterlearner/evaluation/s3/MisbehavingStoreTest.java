package io.afterlearner.evaluation.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What stores answer that no test server does by itself. */
@Timeout(120)
class MisbehavingStoreTest {
    private static final byte[] BYTES = "what a model might be".getBytes(StandardCharsets.UTF_8);

    private AwsProperties valid;

    @BeforeEach
    void configure() {
        valid = AwsProperties.valid();
    }

    @AfterEach
    void restore() {
        valid.close();
    }

    private static byte[] read(ScriptedStore store, Duration within) throws IOException {
        try (S3Object object = new S3Store(store.settings(), within)
                .read(S3Location.of(URI.create("s3://models/m.onnx")), 0, within)) {
            return object.body().readAllBytes();
        }
    }

    private static byte[] read(ScriptedStore store) throws IOException {
        return read(store, Duration.ofMinutes(2));
    }

    private static String refusal(ScriptedStore store) {
        StoreException e = assertThrows(StoreException.class, () -> read(store));
        assertFalse(e.getMessage().contains("secret-key"), e.getMessage());
        return e.getMessage();
    }

    @Test
    void aStoreThatAsksToSlowDownIsAskedAgain() throws IOException {
        ScriptedStore.Answer slow = ScriptedStore.error(503, "SlowDown");
        try (ScriptedStore store = new ScriptedStore(slow, slow, ScriptedStore.bytes(BYTES))) {
            assertArrayEquals(BYTES, read(store));
            assertEquals(3, store.requests().size());
        }
        try (ScriptedStore store = new ScriptedStore(slow)) {
            assertEquals(
                    "s3://models/m.onnx answers with status 503 (SlowDown); the store is busy, also after 5 attempts; try"
                            + " again later",
                    refusal(store));
            assertEquals(5, store.requests().size());
        }
    }

    @Test
    void aClockThatIsWrongIsCorrectedOrSaid() throws IOException {
        String hour = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusHours(1));
        ScriptedStore.Answer skewed = exchange -> {
            exchange.getResponseHeaders().set("Date", hour);
            ScriptedStore.error(403, "RequestTimeTooSkewed").to(exchange);
        };
        try (ScriptedStore store = new ScriptedStore(skewed, ScriptedStore.bytes(BYTES))) {
            assertArrayEquals(BYTES, read(store));
        }
        try (ScriptedStore store = new ScriptedStore(skewed)) {
            assertEquals(
                    "s3://models/m.onnx answers with status 403 (RequestTimeTooSkewed); correct this machine's clock",
                    refusal(store));
        }
    }

    @Test
    void aBucketInAnotherRegionIsAskedThere() throws IOException {
        ScriptedStore.Answer elsewhere =
                ScriptedStore.error(301, "PermanentRedirect", "x-amz-bucket-region", "eu-central-1");
        try (ScriptedStore store = new ScriptedStore(elsewhere, ScriptedStore.bytes(BYTES))) {
            assertArrayEquals(BYTES, read(store));
            String signed = store.requests().get(1).headers().getFirst("Authorization");
            assertTrue(signed.contains("/eu-central-1/s3/aws4_request"), signed);
        }
        try (ScriptedStore store = new ScriptedStore(ScriptedStore.error(301, "PermanentRedirect"))) {
            String refusal = refusal(store);
            assertTrue(refusal.endsWith("set afterlearner.s3.region or AWS_REGION to the bucket's region"), refusal);
        }
    }

    @Test
    void missingRightsAndExpiredTokensSayWhatToDo() throws IOException {
        try (ScriptedStore store = new ScriptedStore(ScriptedStore.error(403, "AccessDenied"))) {
            assertEquals(
                    "s3://models/m.onnx answers with status 403 (AccessDenied); grant s3:GetObject to the"
                            + " credentials of the system property aws.accessKeyId, or use other credentials",
                    refusal(store));
        }
        try (ScriptedStore store = new ScriptedStore(ScriptedStore.error(400, "ExpiredToken"))) {
            assertTrue(refusal(store).endsWith("; renew the session token of the system property aws.accessKeyId"));
        }
    }

    @Test
    void aStoreThatNeverAnswersIsGivenUp() throws IOException {
        try (ScriptedStore store = new ScriptedStore(exchange -> sleep())) {
            StoreException e = assertThrows(StoreException.class, () -> read(store, Duration.ofMillis(500)));
            assertEquals(
                    "s3://models/m.onnx: the store did not answer in time; check the store and the network",
                    e.getMessage());
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(600_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A Kubernetes service account's token is exchanged for keys, and read again when these expire. */
    @Test
    void aWebIdentityGetsKeysFromTheTokenService(@TempDir Path folder) throws IOException {
        valid.close();
        Path token = Files.writeString(folder.resolve("token"), "the-token");
        ScriptedStore.Answer keys = ScriptedStore.bytes("""
                <AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/">
                <AssumeRoleWithWebIdentityResult><Credentials><AccessKeyId>the-given-id</AccessKeyId>
                <SecretAccessKey>given</SecretAccessKey><SessionToken>the-session</SessionToken>
                <Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleWithWebIdentityResult>
                </AssumeRoleWithWebIdentityResponse>""".getBytes(StandardCharsets.UTF_8));
        try (ScriptedStore sts = new ScriptedStore(keys);
                ScriptedStore store = new ScriptedStore(ScriptedStore.bytes(BYTES));
                AwsProperties role = role(sts, token)) {
            assertTrue(role.isSet());
            assertArrayEquals(BYTES, read(store));
            var headers = store.requests().get(0).headers();
            assertEquals("the-session", headers.getFirst("X-amz-security-token"));
            assertTrue(headers.getFirst("Authorization").contains("Credential=the-given-id/"));
        }
        try (ScriptedStore sts = new ScriptedStore(keys);
                ScriptedStore store = new ScriptedStore(ScriptedStore.error(403, "InvalidAccessKeyId"));
                AwsProperties role = role(sts, token)) {
            assertTrue(role.isSet());
            String refusal = refusal(store);
            assertTrue(
                    refusal.endsWith("; check AWS_WEB_IDENTITY_TOKEN_FILE and AWS_ROLE_ARN: these credentials are not"
                            + " valid there"),
                    refusal);
        }
        try (ScriptedStore sts = new ScriptedStore(ScriptedStore.error(403, "AccessDenied"));
                ScriptedStore store = new ScriptedStore(ScriptedStore.bytes(BYTES));
                AwsProperties role = role(sts, token)) {
            assertTrue(role.isSet());
            String refusal = refusal(store);
            assertTrue(
                    refusal.startsWith("s3://models/m.onnx: AWS does not grant the role in AWS_ROLE_ARN: status 403"),
                    refusal);
            assertFalse(refusal.contains("the-token"), refusal);
        }
    }

    private static AwsProperties role(ScriptedStore sts, Path token) {
        return new AwsProperties()
                .with("aws.webIdentityTokenFile", token.toString())
                .with("aws.roleArn", "arn:aws:iam::123456789012:role/evaluator")
                .with("aws.endpointUrlSts", String.valueOf(sts.settings().endpoint()));
    }
}
