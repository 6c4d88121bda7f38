package io.afterlearner.kafka.cluster;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.kafka.KafkaSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A broker with all topics, those of the pool {@code default} among them. */
public final class TestedKafka {
    private static final int PARTITIONS = 4;

    private TestedKafka() {}

    public static EmbeddedKafka start(Path directory) throws Exception {
        return start(directory, PARTITIONS);
    }

    public static EmbeddedKafka start(Path directory, int partitions) throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(directory, 0);
        createTopics(kafka.bootstrapServers(), partitions);
        return kafka;
    }

    public static void createTopics(String servers) throws InterruptedException {
        createTopics(servers, PARTITIONS);
    }

    private static void createTopics(String servers, int partitions) throws InterruptedException {
        ClusterSetup.create(
                KafkaSettings.of(Map.of("bootstrap.servers", servers)),
                Layout.of(partitions, (short) 1),
                List.of("default"));
    }
}
