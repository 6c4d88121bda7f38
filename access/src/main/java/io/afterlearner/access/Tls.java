package io.afterlearner.access;

import io.afterlearner.access.tls.TlsFiles;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Where HTTPS is configured, plain HTTP is off unless {@code quarkus.http.insecure-requests} says otherwise. Refuses certificates
 * and keys that cannot be used, before Quarkus reads them.
 */
public final class Tls implements ConfigSourceFactory {
    /** The ordinal: below every other source. */
    private static final int DEFAULTS = 1;

    private static final List<String> SETTINGS = List.of(
            "quarkus.tls.key.store.pem.",
            "quarkus.tls.key.store.p12.",
            "quarkus.tls.key.store.jks.",
            "quarkus.http.tls.configuration.name",
            "quarkus.http.ssl.certificate.files",
            "quarkus.http.ssl.certificate.key.");

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        List<String> names = new ArrayList<>();
        context.iterateNames().forEachRemaining(names::add);
        check(context, names);
        return isConfigured(names)
                ? List.of(new PropertiesConfigSource(
                        Map.of("quarkus.http.insecure-requests", "disabled"), "afterlearner TLS", DEFAULTS))
                : List.of();
    }

    private static void check(ConfigSourceContext context, List<String> names) {
        Map<String, String> settings = new HashMap<>();
        for (String name : names) {
            ConfigValue value = TlsFiles.isSetting(name) ? context.getValue(name) : null;
            if (value != null && value.getValue() != null) {
                settings.put(name, value.getValue());
            }
        }
        String problem = TlsFiles.of(settings).problem();
        if (problem != null) {
            throw new ConfigurationException(problem + "; correct the file or the setting");
        }
    }

    /** @param names of settings, also as environment variables write them */
    static boolean isConfigured(Iterable<String> names) {
        for (String name : names) {
            String plain = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", ".");
            if (SETTINGS.stream().anyMatch(plain::startsWith)) {
                return true;
            }
        }
        return false;
    }
}
