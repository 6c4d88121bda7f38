package io.afterlearner.kafka;

import java.util.Map;
import java.util.regex.Pattern;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;
import org.jspecify.annotations.Nullable;

/**
 * Refuses settings that Kafka's clients would refuse by a message with a secret in it: where an {@code =} is missing in
 * {@code sasl.jaas.config}, they show the next word, which may be a password; and they show addresses with theirs.
 */
final class HiddenSettings {
    private static final Pattern LOGIN = Pattern.compile("[^\\s,/@]*:[^\\s,/@]*@");
    private static final String HIDDEN = "[hidden]@";

    private HiddenSettings() {}

    /**
     * Checks all settings.
     *
     * @throws KafkaException for the first one that must not be passed on; without its value
     */
    static void check(Map<String, String> settings) {
        settings.forEach((name, value) -> {
            if (name.endsWith(SaslConfigs.SASL_JAAS_CONFIG)) {
                checkLogin(name, value);
            } else if ((value.contains("://") || name.equals("bootstrap.servers"))
                    && LOGIN.matcher(value).find()) {
                throw new KafkaException(name + " has a user and a password in an address; remove them, and give"
                        + " credentials in the settings sasl.*");
            }
        });
    }

    private static void checkLogin(String name, String value) {
        String problem = problem(value);
        if (problem != null) {
            throw new KafkaException(name + " " + problem
                    + "; write CLASS required NAME=\"VALUE\" …; (the semicolon included), where CLASS is a login module, such as"
                    + " org.apache.kafka.common.security.scram.ScramLoginModule");
        }
    }

    private static @Nullable String problem(String value) {
        try {
            for (AppConfigurationEntry entry : JaasContext.loadClientContext(
                            Map.of(SaslConfigs.SASL_JAAS_CONFIG, new Password(value)))
                    .configurationEntries()) {
                Class.forName(entry.getLoginModuleName(), false, HiddenSettings.class.getClassLoader());
            }
            return null;
        } catch (ClassNotFoundException | LinkageError e) {
            return "does not begin with a class that is on the class path";
        } catch (RuntimeException e) {
            // Not passed on: the message may have a part of the value.
            return "is malformed: a class, the word required, an equals sign, a quote or the semicolon is missing";
        }
    }

    /** An address without a login that it may have. */
    static String shown(String address) {
        return LOGIN.matcher(address).replaceAll(HIDDEN);
    }
}
