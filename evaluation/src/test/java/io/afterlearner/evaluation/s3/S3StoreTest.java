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
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real S3 server in a process of its own. */
@Timeout(120)
class S3StoreTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final byte[] BYTES = "what a model might be".getBytes(StandardCharsets.UTF_8);

    @TempDir
    static Path folder = Path.of("");

    private static S3Server server;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start(folder);
        server.put("dir/a model.onnx", BYTES);
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    private static byte[] read(S3Settings settings, String uri, long from) throws IOException {
        try (S3Object object = new S3Store(settings, MINUTE).read(S3Location.of(URI.create(uri)), from, MINUTE)) {
            assertEquals(from, object.fromBytes());
            byte[] bytes = object.body().readAllBytes();
            assertEquals(object.lengthBytes(), bytes.length);
            return bytes;
        }
    }

    private static String refusal(S3Settings settings, String uri) {
        StoreException e = assertThrows(StoreException.class, () -> read(settings, uri, 0));
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            assertFalse(String.valueOf(cause.getMessage()).contains("secret-key"), cause.getMessage());
        }
        return e.getMessage();
    }

    @Test
    void anObjectIsReadWholeOrFromAByteOn() throws IOException {
        AwsProperties valid = AwsProperties.valid();
        try (valid) {
            assertArrayEquals(BYTES, read(server.settings(), "s3://models/dir/a%20model.onnx", 0));
            assertEquals(
                    "might be",
                    new String(read(server.settings(), "s3://models/dir/a%20model.onnx", 13), StandardCharsets.UTF_8));
        }
    }

    @Test
    void anObjectIsWrittenReplacedAndRemoved() throws IOException {
        AwsProperties valid = AwsProperties.valid();
        try (valid) {
            S3Store store = new S3Store(server.settings(), MINUTE);
            S3Location at = S3Location.of(URI.create("s3://models/results/report.html"));
            for (String content : List.of("first", "")) {
                store.write(at, Files.writeString(folder.resolve("report"), content), "text/html", MINUTE);
                assertEquals(content, new String(server.get(at.key()), StandardCharsets.UTF_8));
            }
            store.remove(at, MINUTE);
            store.remove(at, MINUTE);
            assertTrue(refusal(server.settings(), at.toString()).contains("status 404 (NoSuchKey)"));
        }
    }

    @Test
    void wrongKeysAreSaidAndTheirSecretsAreNot() {
        AwsProperties wrong = AwsProperties.keys(S3Server.KEY_ID, "another-secret-key");
        try (wrong) {
            assertEquals(
                    "s3://models/m.onnx answers with status 403 (SignatureDoesNotMatch); check the system property"
                            + " aws.accessKeyId: these credentials are not valid there",
                    refusal(server.settings(), "s3://models/m.onnx"));
        }
        AwsProperties unknown = AwsProperties.keys("nobody", "the-secret-key");
        try (unknown) {
            String refusal = refusal(server.settings(), "s3://models/m.onnx");
            assertTrue(
                    refusal.startsWith("s3://models/m.onnx answers with status 403 (InvalidAccessKeyId); "), refusal);
        }
    }

    @Test
    void whatIsNotThereIsNamed() {
        AwsProperties valid = AwsProperties.valid();
        try (valid) {
            assertEquals(
                    "s3://models/Dir/m.onnx answers with status 404 (NoSuchKey); check the key: upper and lower case"
                            + " differ",
                    refusal(server.settings(), "s3://models/Dir/m.onnx"));
            String bucket = refusal(server.settings(), "s3://nothing/m.onnx");
            assertTrue(
                    bucket.startsWith("s3://nothing/m.onnx answers with status 404 (NoSuchBucket); check the bucket"),
                    bucket);
            assertEquals(
                    "s3://models/dir/ names no object; give s3://BUCKET/KEY",
                    refusal(server.settings(), "s3://models/dir/"));
        }
    }

    @Test
    void onlyAllowedBucketsAreAsked() {
        S3Settings only = new S3Settings(List.of("others"), URI.create("http://127.0.0.1:1"), null, null, false);
        assertEquals(
                "s3://models/m.onnx is in a bucket that is not allowed; add it to afterlearner.s3.buckets",
                refusal(only, "s3://models/m.onnx"));
    }

    @Test
    void withoutCredentialsTheMessageSaysWhatToSet() {
        AwsProperties none =
                new AwsProperties().with("aws.sharedCredentialsFile", "/none").with("aws.configFile", "/none");
        try (none) {
            String refusal = refusal(server.settings(), "s3://models/m.onnx");
            assertTrue(
                    refusal.startsWith(
                            "s3://models/m.onnx needs credentials, and none are configured; set AWS_ACCESS_KEY_ID"),
                    refusal);
        }
    }

    @Test
    void aStoreThatIsAwayIsSaid() {
        AwsProperties valid = AwsProperties.valid();
        try (valid) {
            S3Settings away = new S3Settings(List.of(), URI.create("http://127.0.0.1:1"), null, null, false);
            assertTrue(refusal(away, "s3://models/m.onnx")
                    .startsWith("s3://models/m.onnx: the store cannot be reached; check afterlearner.s3.endpoint"));
        }
    }
}
