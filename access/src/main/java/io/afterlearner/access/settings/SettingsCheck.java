package io.afterlearner.access.settings;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.ConfigValue;
import java.util.List;
import java.util.ServiceLoader;
import java.util.function.Function;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * Checks all {@link Settings} before anything reads them. It has no settings itself: of all that Quarkus loads, sources of settings
 * are the first that see the values. Otherwise Quarkus would say what is wrong with a value with stack traces, or not at all.
 */
public final class SettingsCheck implements ConfigSourceFactory {

    /** Quarkus prints only the message of this exception, and ends the process. */
    @Override
    public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
        String problem = problem(name -> {
            ConfigValue value = context.getValue(name);
            return value == null ? null : value.getValue();
        });
        if (problem != null) {
            throw new ConfigurationException(problem);
        }
        return List.of();
    }

    private static @Nullable String problem(Function<String, @Nullable String> values) {
        for (Settings each : ServiceLoader.load(Settings.class)) {
            for (Setting setting : each.all()) {
                String value = values.apply(setting.name());
                String problem = value == null ? null : setting.problem(value);
                if (problem != null) {
                    return problem;
                }
            }
        }
        return null;
    }
}
