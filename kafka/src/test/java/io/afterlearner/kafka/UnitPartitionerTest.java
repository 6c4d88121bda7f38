package io.afterlearner.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.schemas.Topics;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UnitPartitionerTest {
    private static final int PARTITIONS = 7;
    private static final List<String> UNITS =
            IntStream.range(0, 200).mapToObj(Integer::toHexString).toList();

    private final MockProducer<byte[], byte[]> producer = new MockProducer<>(
            cluster(), true, new UnitPartitioner(), new ByteArraySerializer(), new ByteArraySerializer());

    private static Cluster cluster() {
        List<PartitionInfo> partitions = List.of(Topics.EXPOSURES, Topics.FEEDBACK, Topics.FITNESS).stream()
                .flatMap(topic -> IntStream.range(0, PARTITIONS)
                        .mapToObj(p -> new PartitionInfo(topic, p, null, new Node[0], new Node[0])))
                .toList();
        return new Cluster("cluster", List.of(), partitions, Set.of(), Set.of());
    }

    private int sent(String topic, @Nullable String key, byte[] value) {
        try {
            return producer.send(new ProducerRecord<>(topic, key == null ? null : key.getBytes(UTF_8), value))
                    .get()
                    .partition();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int byDefault(String key) {
        return BuiltInPartitioner.partitionForKey(key.getBytes(UTF_8), PARTITIONS);
    }

    @Test
    void allExposuresAndReportsOfAUnitShareAPartitionAndUnitsUseThemAll() {
        Set<Integer> used = new TreeSet<>();
        for (String unit : UNITS) {
            int partition = sent(Topics.EXPOSURES, unit + "-a1", new byte[0]);
            assertEquals(partition, sent(Topics.EXPOSURES, unit + "-b2", new byte[0]));
            assertEquals(partition, sent(Topics.FEEDBACK, unit + "-a1", new byte[0]));
            assertEquals(partition, UnitPartitioner.partition(unit + "-c3", PARTITIONS));
            assertEquals(byDefault(unit), partition, "as Kafka's default would put the unit alone");
            used.add(partition);
        }
        assertEquals(PARTITIONS, used.size());
    }

    @Test
    void anAssignmentWithoutAUnitIsPartitionedByItsWholeId() {
        assertEquals(byDefault("sha256:12"), sent(Topics.FEEDBACK, "sha256:12", new byte[0]));
    }

    @Test
    void otherTopicsArePartitionedAsByKafka() {
        for (String unit : UNITS) {
            assertEquals(byDefault(unit + "-a1"), sent(Topics.FITNESS, unit + "-a1", new byte[0]));
        }
        Set<Integer> used = new TreeSet<>();
        UNITS.forEach(value -> used.add(sent(Topics.FITNESS, null, value.getBytes(UTF_8))));
        assertEquals(PARTITIONS, used.size(), "records without a key go everywhere");
    }
}
