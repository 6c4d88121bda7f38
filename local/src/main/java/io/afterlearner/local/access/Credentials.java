package io.afterlearner.local.access;

import io.afterlearner.access.trust.Authorities;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The key or token that this process sends to services, and the client that trusts them. They come from the environment or from
 * files, never from a command line, which every user of the machine can read.
 */
public final class Credentials {
    public static final String KEY = "AFTERLEARNER_KEY";
    public static final String KEY_FILE = "AFTERLEARNER_KEY_FILE";
    /** A PEM file with the certificates of authorities to trust, instead of those of the JDK. */
    public static final String CA_FILE = "AFTERLEARNER_CA_FILE";

    private static final Pattern HEADER_VALUE = Pattern.compile("[\\x21-\\x7e]{1,16384}");
    private static volatile @Nullable Credentials ofProcess;

    private final @Nullable String key;
    private final HttpClient client;

    private Credentials(@Nullable String key, @Nullable SSLContext trust) {
        this.key = key;
        HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1);
        this.client = (trust == null ? builder : builder.sslContext(trust)).build();
    }

    /** @throws InputException if a variable cannot be used; the message does not show the key */
    public static Credentials ofProcess() {
        Credentials known = ofProcess;
        if (known == null) {
            known = of(System.getenv());
            ofProcess = known;
        }
        return known;
    }

    static Credentials of(Map<String, String> environment) {
        String file = text(environment, KEY_FILE);
        String key = text(environment, KEY);
        if (key != null && file != null) {
            throw new InputException(
                    "afterlearner: both " + KEY + " and " + KEY_FILE + " are set", "unset one of them");
        }
        if (file != null) {
            key = read(KEY_FILE, file).strip();
        }
        if (key != null && !HEADER_VALUE.matcher(key).matches()) {
            throw new InputException(
                    "afterlearner: " + (file == null ? KEY : KEY_FILE + " " + file) + " is not a key or token",
                    "give one line, as ./afterlearner keys create prints it");
        }
        String authorities = text(environment, CA_FILE);
        return new Credentials(key, authorities == null ? null : trusting(authorities));
    }

    private static SSLContext trusting(String file) {
        try {
            return Authorities.trusting(read(CA_FILE, file));
        } catch (GeneralSecurityException e) {
            throw new InputException(
                    "afterlearner: " + CA_FILE + " has no certificates to trust: " + InputException.reason(e),
                    "give a PEM file with the authority's certificate");
        }
    }

    private static @Nullable String text(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static String read(String variable, String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new InputException(
                    "afterlearner: " + variable + " " + file + " cannot be read: " + InputException.reason(e),
                    "correct the path or the file");
        }
    }

    /** A request to a service, with the key if there is one. */
    public HttpRequest.Builder request(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        authorization().ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    /** What the header {@code Authorization} says; empty without a key. */
    public Optional<String> authorization() {
        return Optional.ofNullable(key).map(known -> "Bearer " + known);
    }

    /** Follows no redirect: the key goes to the service that was named, and nowhere else. */
    public HttpClient client() {
        return client;
    }
}
