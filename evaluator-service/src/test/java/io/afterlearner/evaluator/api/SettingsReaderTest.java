package io.afterlearner.evaluator.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.access.settings.Nonsense;
import io.afterlearner.access.settings.SettingsCheck;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluator.shell.EvaluatorSettings;
import io.afterlearner.evaluator.shell.EvaluatorSettings.Mode;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.trace.Spans;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;

class SettingsReaderTest {
    private static EvaluatorSettings read(Map<String, String> said) {
        Map<String, String> all = new HashMap<>();
        said.forEach(
                (name, value) -> all.put(name.startsWith("kafka.") ? name : "afterlearner.evaluator." + name, value));
        SmallRyeConfig config = config(all);
        return SettingsReader.read(config.getConfigMapping(EvaluatorConfig.class), config, "digest", Spans.off());
    }

    static SmallRyeConfig config(Map<String, String> said) {
        return config(new PropertiesConfigSource(said, "said", 1000));
    }

    private static SmallRyeConfig config(ConfigSource said) {
        try {
            var shipped = SettingsReaderTest.class.getClassLoader().getResource("application.properties");
            return new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .addDiscoveredConverters()
                    .withSources(new PropertiesConfigSource(shipped))
                    .withSources(said)
                    .withSources(new SettingsCheck())
                    .withDefaultValue("java.io.tmpdir", System.getProperty("java.io.tmpdir"))
                    .withMapping(EvaluatorConfig.class)
                    .build();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void byDefaultNoFilesAreReadAndEveryCoreIsASlot() {
        EvaluatorSettings settings = read(Map.of());
        assertEquals(Runtime.getRuntime().availableProcessors(), settings.slots());
        assertEquals(Mode.SHARE, settings.mode());
        assertEquals(List.of(), settings.artifacts().fileRoots());
        assertEquals(1L << 30, settings.sessions().cacheBytes());
        assertTrue(!settings.sessions().cuda() && !settings.id().isEmpty());
    }

    @Test
    void kafkaSettingsReachTheClients() {
        EvaluatorSettings settings = read(Map.of(
                "kafka.bootstrap.servers", "broker:9092",
                "kafka.security.protocol", "SSL",
                "mode", "group",
                "provider", "cuda",
                "file-roots", "/models,/data"));
        assertEquals("broker:9092", settings.kafka().bootstrapServers());
        assertEquals("SSL", settings.kafka().admin().get("security.protocol"));
        assertEquals(Mode.GROUP, settings.mode());
        assertTrue(settings.sessions().cuda());
        assertEquals(
                List.of(Path.of("/models"), Path.of("/data")),
                settings.artifacts().fileRoots());
    }

    @Test
    void theKafkaSettingsOfAParentProcessArriveWhole() {
        String login = "org.apache.kafka.common.security.plain.PlainLoginModule required password=\"$$a${b}c\\d\";";
        KafkaSettings given = KafkaSettings.of(Map.of(
                "bootstrap.servers", "broker:9092",
                "sasl.jaas.config", login,
                "ssl.endpoint.identification.algorithm", "",
                "my.interceptor.Pass_Word", " $$a${b}c\\d\ne"));
        Map<String, String> environment = new HashMap<>(given.environment());
        environment.replaceAll((name, value) -> value.replace("$", "$$"));
        SmallRyeConfig config = config(new EnvConfigSource(environment, 300));
        KafkaSettings found = SettingsReader.read(
                        config.getConfigMapping(EvaluatorConfig.class), config, "digest", Spans.off())
                .kafka();
        assertEquals(given.admin(), found.admin());
    }

    @Test
    void theVariablesOfTheCommandLineReachEvaluators() {
        SmallRyeConfig config = config(new EnvConfigSource(
                Map.of("AFTERLEARNER_S3_ENDPOINT", "http://minio:9000", "AFTERLEARNER_S3_PATH_STYLE", "false"), 300));
        S3Settings s3 = SettingsReader.read(
                        config.getConfigMapping(EvaluatorConfig.class), config, "digest", Spans.off())
                .artifacts()
                .s3();
        assertEquals(new S3Settings(List.of(), URI.create("http://minio:9000"), null, false, false), s3);
    }

    @Test
    void nonsenseIsRefusedWithTheNameOfTheSetting() {
        Nonsense.refused();
        assertThrows(IllegalArgumentException.class, () -> read(Map.of("pool", "Not a pool")));
    }
}
