package io.afterlearner.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.auth.SslEngineFactory;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's own handling of certificates, except that a keystore or truststore file that was replaced is read again for the next
 * connection. Kafka's clients read them once, so that a process would stop at the expiry of a certificate that was renewed long
 * ago. If the new files cannot be read, for example because only one of two is written yet, the previous ones stay in use, and
 * the next connection tries again. Kafka creates one per client; {@link CertificateFiles} has what is wrong with their files.
 * Thread-safe.
 */
public final class ReloadingSslEngineFactory implements SslEngineFactory {
    private static final List<String> FILES =
            List.of(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG);

    /** What tells that a file was replaced; the key changes if the file's name leads to another file now. */
    private record Version(
            Path file,
            @Nullable Object modified,
            long bytes,
            @Nullable Object key) {}

    private Map<String, Object> settings = Map.of();
    private List<Version> read = List.of();
    private SslEngineFactory current = new DefaultSslEngineFactory();

    @Override
    public synchronized void configure(Map<String, ?> configs) {
        settings = new HashMap<>(configs);
        read = versions();
        current = load();
        CertificateFiles.add(this);
    }

    private SslEngineFactory load() {
        SslEngineFactory loaded = new DefaultSslEngineFactory();
        loaded.configure(settings);
        return loaded;
    }

    private List<Version> versions() {
        return FILES.stream()
                .flatMap(name -> Stream.ofNullable(settings.get(name)))
                .map(location -> version(Path.of(location.toString())))
                .toList();
    }

    private static Version version(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Version(file, now.lastModifiedTime(), now.size(), now.fileKey());
        } catch (IOException e) {
            return new Version(file, null, -1, null);
        }
    }

    /** Looks at the files first and reads them then: what is written meanwhile is read at the next connection. */
    private synchronized SslEngineFactory fresh() {
        List<Version> now = versions();
        if (!now.equals(read)) {
            try {
                current = load();
                read = now;
                CertificateFiles.readAgain(files(now), now);
            } catch (KafkaException e) {
                CertificateFiles.refused(files(now), KafkaReason.of(e));
            }
        } else {
            CertificateFiles.unchanged(files(now));
        }
        return current;
    }

    /** Reads files that were replaced, without waiting for the next connection. */
    void look() {
        fresh();
    }

    private static List<Path> files(List<Version> versions) {
        return versions.stream().map(Version::file).toList();
    }

    @Override
    public SSLEngine createClientSslEngine(String peerHost, int peerPort, String endpointIdentification) {
        return fresh().createClientSslEngine(peerHost, peerPort, endpointIdentification);
    }

    @Override
    public SSLEngine createServerSslEngine(String peerHost, int peerPort) {
        return fresh().createServerSslEngine(peerHost, peerPort);
    }

    @Override
    public synchronized boolean shouldBeRebuilt(Map<String, Object> nextConfigs) {
        return !Objects.equals(settings, nextConfigs);
    }

    @Override
    public Set<String> reconfigurableConfigs() {
        return SslConfigs.RECONFIGURABLE_CONFIGS;
    }

    @Override
    public synchronized @Nullable KeyStore keystore() {
        return current.keystore();
    }

    @Override
    public synchronized @Nullable KeyStore truststore() {
        return current.truststore();
    }

    @Override
    public synchronized void close() throws IOException {
        CertificateFiles.remove(this);
        current.close();
    }
}
