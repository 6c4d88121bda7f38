package io.afterlearner.evaluation.s3;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy in a process of its own: a store in memory that checks signatures and clocks. It has the bucket {@link #BUCKET}. */
public final class S3Server implements AutoCloseable {
    public static final String BUCKET = "models";
    public static final String KEY_ID = "the-key-id";
    public static final String SECRET = "the-secret-key";

    private final Process process;
    private final URI endpoint;
    private final S3Client client;

    private S3Server(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
        this.client = S3Clients.create(
                settings(),
                Region.US_EAST_1,
                new Credentials(
                        "the test", StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET))),
                Duration.ofMinutes(1));
    }

    /** @param folder for its settings and log */
    public static S3Server start(Path folder) throws IOException, InterruptedException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        URI endpoint = URI.create("http://127.0.0.1:" + port);
        Path config = Files.writeString(folder.resolve("s3proxy.conf"), """
                s3proxy.endpoint=%s
                s3proxy.authorization=aws-v4
                s3proxy.identity=%s
                s3proxy.credential=%s
                jclouds.provider=transient-nio2
                jclouds.identity=x
                jclouds.credential=x
                """.formatted(endpoint, KEY_ID, SECRET));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath(),
                        "org.gaul.s3proxy.Main",
                        "--properties",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3proxy.log").toFile())
                .start();
        S3Server server = new S3Server(process, endpoint);
        server.awaitStart();
        server.client.createBucket(request -> request.bucket(BUCKET));
        return server;
    }

    /** Its own libraries, and the S3 client's, which it uses too. */
    private static String classPath() throws IOException {
        try (var jars = Files.list(Path.of("..", "evaluation", "target", "s3-server"))) {
            String own = jars.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            String ours = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
            return own
                    + File.pathSeparator
                    + Arrays.stream(ours.split(File.pathSeparator))
                            .filter(jar -> jar.matches(".*(awssdk|reactive-streams|slf4j-api).*"))
                            .collect(Collectors.joining(File.pathSeparator));
        }
    }

    private void awaitStart() throws InterruptedException {
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), 1000);
                return;
            } catch (IOException e) {
                if (!process.isAlive()) {
                    throw new IllegalStateException("the S3 server ended; its log is beside its settings", e);
                }
                Thread.sleep(50);
            }
        }
    }

    public S3Settings settings() {
        return new S3Settings(List.of(), endpoint, null, null, false);
    }

    public URI endpoint() {
        return endpoint;
    }

    public void put(String key, byte[] bytes) {
        client.putObject(request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(bytes));
    }

    public byte[] get(String key) {
        return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(key))
                .asByteArray();
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly().onExit().join();
    }
}
