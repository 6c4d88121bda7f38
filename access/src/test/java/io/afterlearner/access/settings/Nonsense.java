package io.afterlearner.access.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/** Gives every setting that a service has values of the wrong kind, negative, zero and huge ones. */
public final class Nonsense {
    private Nonsense() {}

    /** Each value must be refused with one line that names the setting and says what to give instead. */
    public static void refused() {
        int settings = 0;
        for (Settings each : ServiceLoader.load(Settings.class)) {
            for (Setting setting : each.all()) {
                settings++;
                values(setting).forEach(value -> refused(setting, value));
            }
        }
        assertTrue(settings > 5, settings + " settings");
    }

    private static void refused(Setting setting, String value) {
        String what = setting.name() + "=" + value;
        ConfigurationException refusal =
                assertThrows(ConfigurationException.class, () -> config(Map.of(setting.name(), value)), what);
        String said = String.valueOf(refusal.getMessage());
        assertTrue(said.startsWith(setting.name() + " is ") && said.contains(setting.expected()), said);
        assertTrue(said.chars().noneMatch(Character::isISOControl), what);
        assertTrue(said.length() < 400, said);
        assertEquals(null, refusal.getCause(), "Quarkus would print a stack trace");
    }

    /** Settings that have the check of the services. */
    public static SmallRyeConfig config(Map<String, String> said) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(said, "said", 1000))
                .withSources(new SettingsCheck())
                .build();
    }

    private static List<String> values(Setting setting) {
        return switch (setting.kind()) {
            case NUMBER -> unlessZero(setting, "0", "", "x", "1.5", "-5", "0x10", "99999999999999999999");
            case DURATION -> unlessZero(setting, "0s", "", "soon", "-5s", "5 parsecs", "999999999h", "P1000000000D");
            case CHOICE -> List.of("", "nonsense", "-1", "x".repeat(10_000), "a\u001b[2Jb");
            case NAME -> List.of("", "  ", "a\u001b[2Jb");
            case TEXT -> List.of();
        };
    }

    private static List<String> unlessZero(Setting setting, String zero, String... values) {
        List<String> all = new ArrayList<>(List.of(values));
        if (!setting.expected().matches(".*(from|or) 0s? .*|.*or 0 for .*")) {
            all.add(zero);
        }
        return all;
    }
}
