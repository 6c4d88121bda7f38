package io.afterlearner.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;

/** An OAuth server: gives tokens to clients by their credentials, and its public key to whoever checks them. */
public final class TokenServer implements AutoCloseable {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final String SECRET = "client-secret";

    private final KeyPair key;
    private final HttpServer server;
    private final Duration validity;
    private final AtomicInteger issued = new AtomicInteger();

    private TokenServer(KeyPair key, HttpServer server, Duration validity) {
        this.key = key;
        this.server = server;
        this.validity = validity;
    }

    /** @param validity of each token */
    public static TokenServer start(Duration validity) throws IOException, GeneralSecurityException {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        TokenServer server = new TokenServer(keys.generateKeyPair(), http, validity);
        http.createContext("/token", server::token);
        http.createContext("/keys", server::keys);
        http.start();
        return server;
    }

    public String tokenUrl() {
        return url("/token");
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    /** How many tokens clients got. */
    public int issued() {
        return issued.get();
    }

    /** Lets a broker accept these tokens on its SASL_SSL listener, beside SCRAM. */
    public void accept(Properties settings) {
        System.setProperty("org.apache.kafka.sasl.oauthbearer.allowed.urls", url("/keys"));
        settings.setProperty("sasl.enabled.mechanisms", "SCRAM-SHA-512,OAUTHBEARER");
        String prefix = "listener.name.sasl_ssl.oauthbearer.";
        settings.setProperty(
                prefix + "sasl.jaas.config",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required;");
        settings.setProperty(
                prefix + "sasl.server.callback.handler.class",
                "org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallbackHandler");
        settings.setProperty("sasl.oauthbearer.jwks.endpoint.url", url("/keys"));
        settings.setProperty("sasl.oauthbearer.expected.audience", "kafka");
    }

    /** What a client of that user sets as {@code sasl.jaas.config}. */
    public String jaas(String user) {
        return "org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginModule required clientId=\"" + user
                + "\" clientSecret=\"" + SECRET + "\";";
    }

    private void token(HttpExchange exchange) throws IOException {
        String credentials = new String(
                Base64.getDecoder()
                        .decode(exchange.getRequestHeaders()
                                .getFirst("Authorization")
                                .replace("Basic ", "")),
                StandardCharsets.UTF_8);
        String[] parts = credentials.split(":", 2);
        if (!parts[1].equals(SECRET)) {
            answer(exchange, 401, "{\"error\":\"invalid_client\"}");
            return;
        }
        issued.incrementAndGet();
        answer(
                exchange,
                200,
                "{\"access_token\":\"" + signed(parts[0]) + "\",\"token_type\":\"Bearer\",\"expires_in\":"
                        + validity.toSeconds() + "}");
    }

    private String signed(String user) {
        long now = Instant.now().getEpochSecond();
        String text = encoded("{\"alg\":\"RS256\",\"kid\":\"test\",\"typ\":\"JWT\"}") + "."
                + encoded("{\"sub\":\"" + user + "\",\"aud\":\"kafka\",\"iat\":" + now + ",\"exp\":"
                        + (now + validity.toSeconds()) + "}");
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return text + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private void keys(HttpExchange exchange) throws IOException {
        RSAPublicKey open = (RSAPublicKey) key.getPublic();
        answer(
                exchange,
                200,
                "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"test\",\"n\":\""
                        + number(open.getModulus()) + "\",\"e\":\"" + number(open.getPublicExponent()) + "\"}]}");
    }

    private static String number(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (var body = exchange.getResponseBody()) {
            body.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
