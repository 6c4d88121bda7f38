package io.afterlearner.local.cli.session;

import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.TokenEndpoints;
import io.afterlearner.local.stack.Home;
import io.afterlearner.study.InputException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
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

    /** The home, with hints that name this file. */
    Home named(Home home) {
        return file == null ? home : home.with(file);
    }

    @Nullable
    Path file() {
        return file;
    }

    public KafkaSettings kafka() {
        if (file == null) {
            KafkaSettings settings = ofProcess();
            return settings.hasBootstrapServers() ? checked("the variables KAFKA_*", settings) : settings;
        }
        KafkaSettings settings = KafkaSettings.of(read(file));
        if (!settings.hasBootstrapServers()) {
            throw new InputException("afterlearner: --kafka-config " + file + " has no bootstrap.servers; add it");
        }
        return checked("--kafka-config " + file, settings);
    }

    private static KafkaSettings ofProcess() {
        try {
            return KafkaSettings.ofProcess();
        } catch (IllegalArgumentException e) {
            throw new InputException("afterlearner: " + InputException.reason(e), "correct or unset it");
        }
    }

    private static Properties read(Path file) {
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            // Editors on Windows write a byte order mark, which would become a part of the first name.
            reader.mark(1);
            if (reader.read() != '\uFEFF') {
                reader.reset();
            }
            properties.load(reader);
            return properties;
        } catch (IOException | IllegalArgumentException e) {
            String why = e instanceof CharacterCodingException ? "it is not UTF-8 text" : InputException.reason(e);
            throw new InputException(
                    "afterlearner: --kafka-config " + file + " cannot be read as a properties file: " + why,
                    "correct it, or give another file");
        }
    }

    private static KafkaSettings checked(String where, KafkaSettings settings) {
        String refusal = KafkaReason.refusal(TokenEndpoints.allow(settings));
        if (refusal != null) {
            throw new InputException(
                    "afterlearner: " + where + ": no client can use these settings: " + refusal, "correct them");
        }
        return settings;
    }
}
