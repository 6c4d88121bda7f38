package io.afterlearner.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.Map;
import java.util.function.Function;

/** An OIDC provider in the process of the tests. {@code /mint} signs any claims, with the provider's key or another. */
public class OidcServer implements QuarkusTestResourceLifecycleManager {
    private final KeyPair own = rsa();
    private final KeyPair other = rsa();
    private HttpServer server;
    private String url = "";

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        url = "http://127.0.0.1:" + server.getAddress().getPort();
        serve(
                "/.well-known/openid-configuration",
                query -> "{\"issuer\":\"" + url + "\",\"jwks_uri\":\"" + url + "/jwks\"}");
        serve("/jwks", query -> "{\"keys\":[" + jwk((RSAPublicKey) own.getPublic()) + "]}");
        serve("/mint", this::mint);
        server.start();
        return Map.of("quarkus.oidc.auth-server-url", url, "quarkus.oidc.token.audience", "afterlearner");
    }

    private void serve(String path, Function<String, String> answer) {
        server.createContext(path, exchange -> {
            byte[] body = answer.apply(String.valueOf(exchange.getRequestURI().getQuery()))
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    /** @param query {@code own}, {@code other} or {@code none}, and the claims */
    private String mint(String query) {
        String signer = query.substring(0, query.indexOf(' '));
        String claims = query.substring(query.indexOf(' ') + 1).replace("ISSUER", url);
        boolean signed = !signer.equals("none");
        String text = base64("{\"alg\":\"" + (signed ? "RS256" : "none") + "\",\"kid\":\"k\",\"typ\":\"JWT\"}") + "."
                + base64(claims);
        return text + "." + (signed ? sign(signer.equals("own") ? own : other, text) : "");
    }

    private static String sign(KeyPair keys, String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(keys.getPrivate());
            signature.update(text.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String jwk(RSAPublicKey key) {
        return "{\"kty\":\"RSA\",\"use\":\"sig\",\"alg\":\"RS256\",\"kid\":\"k\",\"n\":\"" + base64(key.getModulus())
                + "\",\"e\":\"" + base64(key.getPublicExponent()) + "\"}";
    }

    private static String base64(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int sign = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, sign, bytes.length));
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    private static KeyPair rsa() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void stop() {
        if (server != null) {
            server.stop(0);
        }
    }
}
