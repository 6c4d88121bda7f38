package io.afterlearner.http;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Turns OIDC off unless {@code quarkus.oidc.auth-server-url} is set. */
public final class OidcSwitch implements ConfigSourceFactory {
    /** The ordinal: below every other source. */
    private static final int DEFAULTS = 1;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue server = context.getValue("quarkus.oidc.auth-server-url");
        boolean on = server != null
                && server.getValue() != null
                && !server.getValue().isBlank();
        // Also when it is on: Quarkus keeps the value that it saw at build time.
        return List.of(new PropertiesConfigSource(
                Map.of("quarkus.oidc.tenant-enabled", String.valueOf(on)), "afterlearner OIDC", DEFAULTS));
    }
}
