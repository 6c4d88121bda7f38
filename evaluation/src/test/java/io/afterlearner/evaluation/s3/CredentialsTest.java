package io.afterlearner.evaluation.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.regions.Region;

/** Credentials of a profile, of a container and of an EC2 machine, whose endpoints are a server of this process. */
@Timeout(60)
class CredentialsTest {
    private static final Duration SILENCE = Duration.ofSeconds(5);

    /** The paths that were asked for. */
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private final AwsProperties settings = new AwsProperties();

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private int status = 200;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        // The files of whoever runs the test are not read.
        settings.with("aws.sharedCredentialsFile", folder.resolve("none").toString())
                .with("aws.configFile", folder.resolve("none").toString());
    }

    @AfterEach
    void stop() {
        settings.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.add(exchange.getRequestMethod() + " " + path);
        String keys = """
            {"Code": "Success", "Type": "AWS-HMAC", "AccessKeyId": "of %s", "SecretAccessKey": "secret", "Token": "session",
             "Expiration": "%s"}\
            """.formatted(path, Instant.now().plus(Duration.ofHours(6)));
        String answer = path.endsWith("/token") ? "token" : path.endsWith("/") ? "reader" : keys;
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("X-aws-ec2-metadata-token-ttl-seconds", "600");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static @Nullable Credentials find(boolean instanceMetadata) {
        return Credentials.find(Region.US_EAST_1, instanceMetadata, SILENCE);
    }

    private static Credentials found(boolean instanceMetadata) {
        return Objects.requireNonNull(find(instanceMetadata), "no credentials");
    }

    @Test
    void aProfileIsReadFromTheSharedFile() throws Exception {
        List<String> lines = List.of(
                "[default]",
                "aws_access_key_id = of default",
                "aws_secret_access_key = secret",
                "[models]",
                "aws_access_key_id = of models",
                "aws_secret_access_key = secret");
        Path file = Files.write(folder.resolve("credentials"), lines);
        settings.with("aws.sharedCredentialsFile", file.toString()).with("aws.profile", "models");
        Credentials models = found(false);
        assertEquals("the profile models", models.source());
        assertEquals("of models", models.provider().resolveCredentials().accessKeyId());
        assertEquals(List.of(), asked);
    }

    @Test
    void aContainerAsksTheEndpointThatIsSet() {
        settings.with("aws.containerCredentialsFullUri", endpoint() + "/task");
        Credentials container = found(true);
        AwsSessionCredentials keys =
                (AwsSessionCredentials) container.provider().resolveCredentials();
        assertEquals("of /task", keys.accessKeyId());
        assertEquals("session", keys.sessionToken());
        assertEquals(List.of("GET /task"), asked, "the machine's metadata is not asked for");
    }

    @Test
    void anEc2MachineIsAskedOnlyIfASettingSaysSo() {
        settings.with("aws.ec2MetadataServiceEndpoint", endpoint());
        assertNull(find(false));
        assertEquals(List.of(), asked);
        Credentials machine = found(true);
        assertTrue(machine.provider().resolveCredentials().accessKeyId().endsWith("/reader"));
        assertEquals("PUT /latest/api/token", asked.get(0), "version 2 of the metadata, which needs a token");
    }

    /** Others might belong to somebody else. */
    @Test
    void credentialsThatCannotBeHadAreAnErrorThatNamesThemAndNoOthersAreTried() {
        status = 403;
        settings.with("aws.containerCredentialsFullUri", endpoint() + "/task")
                .with("aws.ec2MetadataServiceEndpoint", endpoint());
        S3Store store = new S3Store(new S3Settings(List.of(), URI.create(endpoint()), null, true, true), SILENCE);
        StoreException refusal = assertThrows(
                StoreException.class, () -> store.read(S3Location.of(URI.create("s3://models/a")), 0, SILENCE));
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("AWS_CONTAINER_CREDENTIALS_FULL_URI"), refusal::toString);
        assertTrue(asked.stream().allMatch("GET /task"::equals), asked::toString);
    }
}
