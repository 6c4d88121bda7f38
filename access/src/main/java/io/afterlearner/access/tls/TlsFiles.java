package io.afterlearner.access.tls;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that settings under {@code quarkus.tls} name, and what is wrong with them. Each is read as the server reads it. Quarkus
 * says nothing when it reloads a file that it cannot read, and does not name the file at the start.
 */
public final class TlsFiles {
    private static final String BUCKET = "quarkus\\.tls\\.(?:.+\\.)?";
    private static final Pattern PAIR = Pattern.compile("(" + BUCKET + "key\\.store\\.pem\\.[^.]+\\.)cert");
    private static final Pattern AUTHORITIES = Pattern.compile(BUCKET + "trust\\.store\\.pem\\.certs.*");
    private static final Pattern STORE = Pattern.compile("(" + BUCKET + "(?:key|trust)\\.store\\.(p12|jks)\\.)path");
    private static final long MAX_BYTES = 1 << 20;

    /** A setting as it was written, and its value. */
    private record Setting(String name, String value) {}

    /** Reads the file, and throws what is wrong with it. */
    private interface Check {
        void run() throws GeneralSecurityException, IOException;
    }

    private record Checked(String setting, Path file, Check check) {
        @Nullable
        String problem() {
            try {
                check.run();
                return null;
            } catch (GeneralSecurityException | IOException | RuntimeException e) {
                return setting + " " + file + " cannot be used: " + Reasons.of(e);
            }
        }
    }

    private final List<Checked> files = new ArrayList<>();

    private TlsFiles() {}

    /** @param settings by name, as a file of properties or the environment writes it */
    public static TlsFiles of(Map<String, String> settings) {
        Map<String, Setting> plain = new TreeMap<>();
        settings.forEach((name, value) -> plain.put(plain(name), new Setting(name, value)));
        TlsFiles files = new TlsFiles();
        plain.forEach((name, setting) -> files.add(name, setting, plain));
        return files;
    }

    /** The name in one spelling: {@code QUARKUS_TLS_KEY_STORE_P12_PATH} and {@code quarkus.tls.key-store.p12.path} are the same. */
    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
    }

    /** Whether the setting is one of those that name certificates, keys and their passwords. */
    public static boolean isSetting(String name) {
        return plain(name).startsWith("quarkus.tls.");
    }

    private void add(String name, Setting setting, Map<String, Setting> all) {
        Matcher pair = PAIR.matcher(name);
        Matcher store = STORE.matcher(name);
        if (pair.matches()) {
            addPair(setting, all.get(pair.group(1) + "key"));
        } else if (AUTHORITIES.matcher(name).matches()) {
            Arrays.stream(setting.value().split(",")).map(String::strip).forEach(file -> addCertificate(setting, file));
        } else if (store.matches()) {
            Setting password = all.get(store.group(1) + "password");
            String type = store.group(2).equals("p12") ? "PKCS12" : "JKS";
            Path file = Path.of(setting.value());
            files.add(new Checked(
                    setting.name(), file, () -> load(file, type, password == null ? null : password.value())));
        }
    }

    private void addPair(Setting certificate, @Nullable Setting key) {
        addCertificate(certificate, certificate.value());
        if (key != null) {
            Path file = Path.of(key.value());
            Path certificates = Path.of(certificate.value());
            files.add(new Checked(key.name(), file, () -> Pairs.check(read(file), read(certificates), certificates)));
        }
    }

    private void addCertificate(Setting setting, String value) {
        Path file = Path.of(value);
        files.add(new Checked(setting.name(), file, () -> Pairs.certificates(read(file))));
    }

    private static Buffer read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException("it has more than " + MAX_BYTES + " bytes");
        }
        return Buffer.buffer(Files.readAllBytes(file));
    }

    private static void load(Path file, String type, @Nullable String password)
            throws GeneralSecurityException, IOException {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore.getInstance(type).load(in, password == null ? null : password.toCharArray());
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            // What Java says about garbage is of no help.
            throw e.getCause() instanceof UnrecoverableKeyException
                    ? e
                    : new IOException("it is no keystore of the type " + type + ", or it is damaged", e);
        }
    }

    public boolean isEmpty() {
        return files.isEmpty();
    }

    /** The setting, the file and what is wrong with it, of the first file that the server cannot use; null if it can use all. */
    public @Nullable String problem() {
        return files.stream()
                .flatMap(file -> Stream.ofNullable(file.problem()))
                .findFirst()
                .orElse(null);
    }
}
