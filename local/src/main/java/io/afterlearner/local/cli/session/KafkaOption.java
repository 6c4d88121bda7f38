package io.afterlearner.local.cli.session;

import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.study.InputException;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --kafka-config}: your own Kafka instead of an embedded broker. */
public final class KafkaOption {
    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description =
                    "Properties file for your own Kafka (bootstrap.servers, security.protocol, sasl.*, ssl.*), in the"
                            + " format of --command-config of Kafka's tools. Default: environment variables KAFKA_*, such"
                            + " as KAFKA_BOOTSTRAP_SERVERS. Without bootstrap servers, a broker is started.")
    private @Nullable Path file;

    public KafkaSettings kafka() {
        if (file == null) {
            return KafkaSettings.ofProcess();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new InputException("afterlearner: --kafka-config " + file + " cannot be read as a properties file: "
                    + InputException.reason(e));
        }
        KafkaSettings settings = KafkaSettings.of(properties);
        if (!settings.hasBootstrapServers()) {
            throw new InputException("afterlearner: --kafka-config " + file + " has no bootstrap.servers; add it");
        }
        return settings;
    }
}
