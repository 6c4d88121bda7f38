package io.afterlearner.embedded;

import io.afterlearner.embedded.archive.ClassArchive;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A packaged service as a process of its own, which tests can kill. */
public final class ServiceProcess implements AutoCloseable {
    /** The token secret of the feedback service. */
    public static final String SECRET = "a secret of the test's";
    /** The key by which the feedback service replaces units. */
    public static final String UNIT_KEY = "a unit key of the test's";

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(20);
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://127\\.0\\.0\\.1:(\\d+)\\s");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final ClassArchive archive;
    private final Path log;
    private volatile boolean worked;
    /** 0 until the service has logged it. */
    private volatile int port;

    private ServiceProcess(Process process, ClassArchive archive, Path log) {
        this.process = process;
        this.archive = archive;
        this.log = log;
    }

    /** Starts the service of the module under test; settings are {@code name=value} system properties, or JVM options that begin with a dash. */
    public static ServiceProcess start(String bootstrapServers, String... settings) throws IOException {
        return start(Path.of(""), bootstrapServers, settings);
    }

    /**
     * Like {@link #start(String, String...)}. When it is closed, it writes the class archive with which others start faster, which
     * takes some seconds: not for a service that is killed.
     */
    public static ServiceProcess startArchiving(String bootstrapServers, String... settings) throws IOException {
        return start(ServiceCommand.of(Path.of(""), bootstrapServers, true, settings), bootstrapServers, Map.of());
    }

    /** The settings of Kafka clients as settings of a service. */
    public static String[] kafka(Map<String, String> client, String... more) {
        return Stream.concat(
                        Stream.of(more),
                        client.entrySet().stream().map(e -> "kafka." + e.getKey() + "=" + e.getValue()))
                .toArray(String[]::new);
    }

    /** Starts the service of the module in a folder. */
    public static ServiceProcess start(Path module, String bootstrapServers, String... settings) throws IOException {
        return start(module, bootstrapServers, Map.of(), settings);
    }

    /** @param environment more variables, or others than the usual ones */
    public static ServiceProcess start(
            Path module, String bootstrapServers, Map<String, String> environment, String... settings)
            throws IOException {
        return start(ServiceCommand.of(module, bootstrapServers, false, settings), bootstrapServers, environment);
    }

    private static ServiceProcess start(
            ServiceCommand command, String bootstrapServers, Map<String, String> environment) throws IOException {
        Path log = Files.createTempFile(Files.createDirectories(Path.of("target/service-logs")), "service", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command.words()).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("KAFKA_BOOTSTRAP_SERVERS", bootstrapServers);
        builder.environment().put("AFTERLEARNER_TOKEN_SECRET", SECRET);
        builder.environment().put("AFTERLEARNER_UNIT_KEY", UNIT_KEY);
        builder.environment().putAll(environment);
        return new ServiceProcess(builder.start(), command.archive(), log);
    }

    /** Waits until the service reports that it is ready. */
    public ServiceProcess awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (get("/q/health/ready").statusCode() == 200) {
                    worked = true;
                    return this;
                }
            } catch (IOException e) {
                // Not listening yet: retry.
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("the service is not ready; it said:\n" + Files.readString(log));
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(uri(path)));
    }

    public HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return send(path, json, "Content-Type: application/json");
    }

    /** Posts a body with these headers and no others; the service answers in time, whatever happens to it or to Kafka. */
    public HttpResponse<String> send(String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            request.header(parts[0], parts[1]);
        }
        return answer(request);
    }

    public HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return answer(HttpRequest.newBuilder(uri(path)).DELETE());
    }

    /** A request of any method; a body is sent as JSON. */
    public HttpResponse<String> request(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (String header : headers) {
            String[] parts = header.split(": ", 2);
            request.header(parts[0], parts[1]);
        }
        return answer(request);
    }

    /** The whole answer in time: the timeout of a request ends with the headers, and a body may stall. */
    private HttpResponse<String> answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
        try {
            return answer.get(REQUEST_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer within " + REQUEST_TIMEOUT);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    /**
     * The port that the service chose itself, so that no other process takes it meanwhile.
     *
     * @throws ConnectException while it does not listen yet
     */
    public int port() throws IOException {
        if (port == 0) {
            Matcher listening = LISTENING.matcher(said());
            if (!listening.find()) {
                throw new ConnectException("not listening yet");
            }
            port = Integer.parseInt(listening.group(1));
        }
        return port;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    private URI uri(String path) throws IOException {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /** The output so far. */
    public String said() throws IOException {
        return Files.readString(log);
    }

    /** Waits for the process to end, however long that takes. */
    public void awaitEnd() throws InterruptedException {
        process.waitFor();
        settle();
    }

    /** Waits until the process exits by itself. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE_NANOS, TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("the service did not exit");
        }
        settle();
        return process.exitValue();
    }

    /** A service that never worked has loaded few classes. */
    private void settle() {
        if (worked) {
            archive.keep();
        } else {
            archive.abandon();
        }
    }

    /** Asks the process to end, like kill. */
    public void terminate() {
        process.destroy();
    }

    /** Kills the process, like kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        archive.abandon();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (process.waitFor(archive.isWrittenAtExit() ? 60 : 10, TimeUnit.SECONDS)) {
                settle();
            } else {
                kill();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
