package io.afterlearner.evaluator.shell;

import io.afterlearner.embedded.EmbeddedKafka;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.kafka.cluster.ClusterSetup;
import io.afterlearner.kafka.cluster.Layout;
import io.afterlearner.schemas.Candidate;
import io.afterlearner.schemas.Claim;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.StudySpec;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.VerdictAnswer;
import io.afterlearner.schemas.VerdictRequest;
import io.afterlearner.schemas.Verdicts;
import io.afterlearner.schemas.cluster.ShareGroup;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker with our topics, and the optimizer's side of them: each record it sends is a transaction. */
final class Bus implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOCK = Duration.ofSeconds(1);

    private final AutoCloseable broker;
    private final Map<String, Object> client;
    private final KafkaProducer<String, byte[]> producer;

    Bus(Path directory, Collection<String> pools) throws Exception {
        this(EmbeddedKafka.start(directory, 0), pools);
    }

    private Bus(EmbeddedKafka broker, Collection<String> pools) throws Exception {
        this(broker, Map.of("bootstrap.servers", broker.bootstrapServers()), pools);
    }

    /**
     * @param broker closed with this bus
     * @param client settings of the optimizer's clients
     */
    Bus(AutoCloseable broker, Map<String, ?> client, Collection<String> pools) throws Exception {
        this.broker = broker;
        this.client = Map.copyOf(client);
        createPools(pools);
        producer = new KafkaProducer<>(
                with(Map.of("linger.ms", 0, "transactional.id", "bus", "retry.backoff.ms", 5)),
                new StringSerializer(),
                new ByteArraySerializer());
        producer.initTransactions();
    }

    private Map<String, Object> with(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putAll(more);
        return settings;
    }

    /** Creates their topics and groups, and those that all pools share. */
    void createPools(Collection<String> pools) throws InterruptedException {
        ClusterSetup.create(KafkaSettings.of(client), Layout.of(2, (short) 1).with(LOCK), pools);
    }

    String servers() {
        return client.get("bootstrap.servers").toString();
    }

    /** Sets how long the share group waits for a silent evaluator; a second by default. */
    void lock(ShareGroup queue, Duration lock) throws Exception {
        ConfigEntry entry = new ConfigEntry(ShareGroup.LOCK_MILLIS, Long.toString(lock.toMillis()));
        configure(queue, entry);
    }

    /** Returns when the broker says the same, a little after the controller. */
    void configure(ShareGroup queue, ConfigEntry entry) throws Exception {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, queue.name());
        try (Admin admin = Admin.create(client)) {
            admin.incrementalAlterConfigs(Map.of(group, List.of(new AlterConfigOp(entry, AlterConfigOp.OpType.SET))))
                    .all()
                    .get();
            while (!entry.value()
                    .equals(admin.describeConfigs(List.of(group))
                            .all()
                            .get()
                            .get(group)
                            .get(entry.name())
                            .value())) {
                Thread.sleep(10);
            }
        }
    }

    void study(StudySpec spec) {
        send(Topics.STUDIES, spec.getStudy(), Codec.of(StudySpec.class).encode(spec));
    }

    void ask(String pool, String study, long number, long timeoutMillis, Double... values) {
        long now = System.currentTimeMillis();
        Candidate candidate = new Candidate(study, number, List.of(values), now, now + timeoutMillis, 0L);
        send(
                Topics.candidates(pool),
                Topics.candidateKey(study, number),
                Codec.of(Candidate.class).encode(candidate));
    }

    void askForVerdict(String pool, StudySpec spec, long number, Double... values) {
        VerdictRequest request = Verdicts.request(spec, number, List.of(values), System.currentTimeMillis());
        send(
                Topics.verdictRequests(pool),
                spec.getStudy(),
                Codec.of(VerdictRequest.class).encode(request));
    }

    /** Answers to requests for verdicts on a study, as soon as there are so many. */
    List<VerdictAnswer> verdicts(String study, int count) throws Exception {
        Codec<VerdictAnswer> codec = Codec.of(VerdictAnswer.class);
        List<VerdictAnswer> all = new ArrayList<>();
        for (var message : read(Topics.VERDICTS, m -> key(m).startsWith(study + "#"), count)) {
            all.add(codec.decode(message.value()));
        }
        return all;
    }

    void send(String topic, String key, byte[] value) {
        try {
            producer.beginTransaction();
            var sent = producer.send(new ProducerRecord<>(topic, key, value));
            producer.commitTransaction();
            sent.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Fitness of a study, as soon as there are so many. */
    List<Fitness> fitness(String study, int count) throws Exception {
        Codec<Fitness> codec = Codec.of(Fitness.class);
        List<Fitness> all = new ArrayList<>();
        for (var message : read(Topics.FITNESS, m -> study.equals(key(m)) && codec.wrote(m.value()), count)) {
            all.add(codec.decode(message.value()));
        }
        return all;
    }

    /** Claims of a study's candidates, as soon as there are so many. */
    List<Claim> claims(String study, int count) throws Exception {
        Codec<Claim> codec = Codec.of(Claim.class);
        List<Claim> all = new ArrayList<>();
        for (var message : read(Topics.FITNESS, m -> study.equals(key(m)) && codec.wrote(m.value()), count)) {
            all.add(codec.decode(message.value()));
        }
        return all;
    }

    /** Whether the share group has settled all that was sent. The broker writes it down with the acknowledgement after it. */
    boolean isSettled(ShareGroup queue) {
        try {
            long[] settledAndEnd = settledAndEnd(queue);
            return settledAndEnd[0] >= settledAndEnd[1] - 2;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private long[] settledAndEnd(ShareGroup queue) throws Exception {
        TopicPartition partition = new TopicPartition(queue.topic(), 0);
        String group = queue.name();
        try (Admin admin = Admin.create(client)) {
            var groups = admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()));
            var info = groups.partitionsToOffsetInfo(group).get().get(partition);
            long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
            return new long[] {info == null ? 0 : info.startOffset(), end};
        }
    }

    /** Dead letters that came from a topic, as soon as there are so many. */
    List<DeadLetter> deadLetters(String topic, int count) throws Exception {
        Codec<DeadLetter> codec = Codec.of(DeadLetter.class);
        List<DeadLetter> found = new ArrayList<>();
        Predicate<ConsumerRecord<byte[], byte[]>> from = message -> {
            try {
                return codec.decode(message.value()).getTopic().equals(topic);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
        for (var message : read(Topics.DEAD_LETTERS, from, count)) {
            found.add(codec.decode(message.value()));
        }
        return found;
    }

    private static String key(ConsumerRecord<byte[], byte[]> message) {
        return new String(message.key(), StandardCharsets.UTF_8);
    }

    private List<ConsumerRecord<byte[], byte[]>> read(
            String topic, Predicate<ConsumerRecord<byte[], byte[]>> wanted, int count) {
        Map<String, Object> config = with(Map.of("isolation.level", "read_committed"));
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (found.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(message -> {
                    if (wanted.test(message)) {
                        found.add(message);
                    }
                });
            }
        }
        if (found.size() < count) {
            throw new AssertionError(found.size() + " of " + count + " came on " + topic);
        }
        return found;
    }

    @Override
    public void close() {
        producer.close();
        try {
            broker.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
