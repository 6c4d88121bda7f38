package io.afterlearner.local.cli.session;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.local.stack.Session;
import io.afterlearner.study.InputException;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --optimizer}: an optimizer that runs elsewhere, instead of the stack of this machine. */
public final class OptimizerOption {
    @Option(
            names = "--optimizer",
            paramLabel = "URL",
            description = "Address of an optimizer that runs elsewhere, such as https://optimizer.example:8443; needs"
                    + " --kafka-config. Its key is read from AFTERLEARNER_KEY or the file AFTERLEARNER_KEY_FILE, and"
                    + " AFTERLEARNER_CA_FILE names the authority to trust. Default: AFTERLEARNER_OPTIMIZER, or the stack"
                    + " of this machine.")
    private @Nullable String url = System.getenv("AFTERLEARNER_OPTIMIZER");

    /** The named services, or the running stack. */
    public Session join(StackOptions stack) {
        String named = url;
        return named == null || named.isBlank()
                ? Session.join(stack.home(), stack.kafka())
                : elsewhere(stack, checked("--optimizer", named));
    }

    private static Session elsewhere(StackOptions stack, URI optimizer) {
        return Session.elsewhere(stack.home(), needed("--optimizer", stack.kafka()), optimizer);
    }

    /** @throws InputException if it is no address of a service */
    public static URI checked(String option, String url) {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw malformed(option, url);
        }
        boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
        if (!http || uri.getHost() == null || !plain) {
            throw malformed(option, url);
        }
        return uri;
    }

    private static InputException malformed(String option, String url) {
        // What is not understood may hold a password: it is not shown.
        return new InputException(
                "afterlearner: " + option + " is not the address of a service (" + url.length() + " characters)",
                "give http or https, host and port, such as https://optimizer.example:8443, without user or query");
    }

    /**
     * The Kafka of a service that runs elsewhere.
     *
     * @param option that names the service
     * @throws InputException if the settings name no Kafka
     */
    static KafkaSettings needed(String option, KafkaSettings kafka) {
        if (!kafka.hasBootstrapServers()) {
            throw new InputException(
                    "afterlearner: " + option + " needs the Kafka of that service",
                    "add --kafka-config FILE, or set KAFKA_BOOTSTRAP_SERVERS");
        }
        return kafka;
    }
}
