package io.afterlearner.kafka.cluster;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A broker with all topics, those of the pool {@code default} among them. */
public final class TestedKafka {
    private static final Layout LAYOUT = Layout.of(4, (short) 1);

    private TestedKafka() {}

    public static EmbeddedKafka start(Path directory) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
        createTopics(kafka.bootstrapServers());
        return kafka;
    }

    public static void createTopics(String servers) throws InterruptedException {
        ClusterSetup.create(KafkaSettings.of(Map.of("bootstrap.servers", servers)), LAYOUT, List.of("default"));
    }
}
