package io.afterlearner.feedback.shell.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.afterlearner.embedded.Certificate;
import io.afterlearner.feedback.shell.notify.Receiver.Format;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A receiver that answers as the test says: each status of the list once, then the same one. */
public final class HookServer implements AutoCloseable {
    /** The path of its address. */
    public static final String SECRET = "a-secret";
    /** Of the keystores of {@link Certificate}. */
    public static final String PASSWORD = "change-it";
    /** Instead of a status: no answer. */
    static final int SILENT = 0;

    private static final JsonMapper JSON = new JsonMapper();

    public record Request(String path, String contentType, JsonNode body) {
        public String id() {
            return body.get("id").asText();
        }

        public String type() {
            return body.get("type").asText().replace("io.afterlearner.study.", "");
        }
    }

    public final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final HttpServer server;
    private final String scheme;
    private volatile int always = 200;

    HookServer(Integer... answers) throws IOException {
        this(null, answers);
    }

    /** @param tls for https */
    public HookServer(@Nullable SSLContext tls, Integer... answers) throws IOException {
        this.answers.addAll(List.of(answers));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            server = HttpServer.create(address, 0);
        } else {
            HttpsServer https = HttpsServer.create(address, 0);
            https.setHttpsConfigurator(new HttpsConfigurator(tls));
            server = https;
        }
        scheme = tls == null ? "http" : "https";
        server.createContext("/", this::answer);
        server.start();
    }

    /** Shows the certificate, and trusts it. */
    public static SSLContext tls(Certificate certificate) throws GeneralSecurityException, IOException {
        char[] password = PASSWORD.toCharArray();
        KeyStore store = KeyStore.getInstance(certificate.keystore().toFile(), password);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** What it answers after the list. */
    public void always(int status) {
        always = status;
    }

    private void answer(HttpExchange exchange) throws IOException {
        Integer next = answers.poll();
        int status = next == null ? always : next;
        requests.add(new Request(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Content-Type"),
                JSON.readTree(exchange.getRequestBody())));
        if (status != SILENT) {
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        }
    }

    public URI address() {
        return URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/" + SECRET);
    }

    Receiver receiver(String name, String... studies) {
        return new Receiver(name, Format.CLOUDEVENTS, address(), Set.of(studies));
    }

    /** The next request, within a minute. */
    public Request next() throws InterruptedException {
        Request request = requests.poll(60, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request");
        }
        return request;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
