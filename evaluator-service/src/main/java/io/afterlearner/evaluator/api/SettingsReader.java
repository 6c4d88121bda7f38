package io.afterlearner.evaluator.api;

import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluator.scoring.Artifacts;
import io.afterlearner.evaluator.scoring.SessionSettings;
import io.afterlearner.evaluator.shell.EvaluatorSettings;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.TokenEndpoints;
import io.afterlearner.kafka.trace.Spans;
import io.afterlearner.schemas.Topics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.eclipse.microprofile.config.Config;

/** Converts configuration to settings; an error is one line. */
final class SettingsReader {
    private static final long MIB = 1L << 20;

    private SettingsReader() {}

    /** @throws IllegalArgumentException for a setting that cannot be used, with its name */
    static EvaluatorSettings read(EvaluatorConfig config, Config all, String digest, Spans spans) {
        int slots = config.slots().orElse(Runtime.getRuntime().availableProcessors());
        // Rejects a name that no topic can have.
        Topics.candidates(config.pool());
        return new EvaluatorSettings(
                TokenEndpoints.allow(KafkaSettings.from(
                        all.getPropertyNames(),
                        name -> all.getOptionalValue(name, String.class).orElse(null))),
                config.id().orElseGet(SettingsReader::defaultId),
                digest,
                config.pool(),
                config.mode(),
                slots,
                config.specWait(),
                config.drain(),
                sessions(config),
                artifacts(config, all),
                spans);
    }

    private static SessionSettings sessions(EvaluatorConfig config) {
        return new SessionSettings(
                config.provider() == EvaluatorConfig.Provider.CUDA,
                config.device(),
                config.cacheMib() * MIB,
                config.maxModelMib() * MIB,
                config.maxDataMib() * MIB);
    }

    private static Artifacts.Settings artifacts(EvaluatorConfig config, Config all) {
        return new Artifacts.Settings(
                config.fileRoots().orElse(List.of()),
                config.httpHosts().orElse(List.of()),
                S3Settings.from(name -> all.getOptionalValue(name, String.class).orElse(null)),
                config.workDir(),
                config.workMib() * MIB,
                config.downloadTimeout());
    }

    private static String defaultId() {
        String process = Long.toString(ProcessHandle.current().pid());
        try {
            return "evaluator-" + InetAddress.getLocalHost().getHostName() + "-" + process;
        } catch (UnknownHostException e) {
            return "evaluator-" + process;
        }
    }
}
