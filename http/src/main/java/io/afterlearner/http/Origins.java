package io.afterlearner.http;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.PropertiesConfigSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.spi.ConfigSource;

/**
 * Turns the setting {@code afterlearner.http.origins}, the origins whose pages may use the service, into Quarkus' CORS settings.
 * Without it, CORS is off and {@link RequestRules} refuses requests of other origins' pages.
 */
public final class Origins implements ConfigSourceFactory {
    static final String SETTING = "afterlearner.http.origins";
    /** The ordinal of a configuration file. The environment and system properties have higher ones and take precedence. */
    private static final int ORDINAL = 255;

    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        ConfigValue origins = context.getValue(SETTING);
        String value = origins == null ? null : origins.getValue();
        return value == null || value.isBlank()
                ? List.of()
                : List.of(new PropertiesConfigSource(
                        Map.of("quarkus.http.cors.enabled", "true", "quarkus.http.cors.origins", value),
                        SETTING,
                        ORDINAL));
    }

    @Override
    public OptionalInt getPriority() {
        return OptionalInt.of(ORDINAL);
    }
}
