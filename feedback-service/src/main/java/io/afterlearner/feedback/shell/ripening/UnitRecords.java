package io.afterlearner.feedback.shell.ripening;

import io.afterlearner.http.Problem;
import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.cluster.ServiceRights;
import io.afterlearner.schemas.cluster.TopicCatalogue;
import io.afterlearner.schemas.cluster.TopicSpec;
import io.afterlearner.schemas.cluster.UnitData;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Which records about a unit stay in Kafka, and until when: Kafka cannot delete single records of a topic that is not compacted. */
@ApplicationScoped
public class UnitRecords {
    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** How often a broker looks for what to delete, and how long it keeps the file, with its default settings. */
    private static final Duration DELETION = Duration.ofMinutes(6);

    /** Longer times are no time. */
    private static final long FOR_EVER = Duration.ofDays(365_000).toMillis();

    private static final List<TopicSpec> WITH_UNITS = TopicCatalogue.shared().stream()
            .filter(topic -> topic.unitData() != UnitData.NONE)
            .toList();

    /**
     * Records of one topic.
     *
     * @param goneByMillis when the last of those that are there now is deleted at the latest, epoch milliseconds; null: never,
     *     because the topic's retention is unlimited
     */
    public record Kept(
            String topic, UnitData holds, @Nullable Long goneByMillis) {}

    private final KafkaSettings kafka;

    UnitRecords(KafkaSettings kafka) {
        this.kafka = kafka;
    }

    /**
     * The topics with records about units. The times follow from the configuration that the topics have now. Throws a problem:
     * 503 if Kafka does not answer in time.
     */
    public List<Kept> kept(long nowMillis) throws InterruptedException {
        Map<ConfigResource, Config> configs = configs();
        Stream<Kept> topics = WITH_UNITS.stream()
                .map(topic -> new Kept(
                        topic.name(), topic.unitData(), goneBy(configs.get(resource(topic.name())), nowMillis)));
        long compacted =
                nowMillis + RipeningProcessor.CHANGELOG_LAG.plus(DELETION).toMillis();
        Stream<Kept> changelogs = Stream.of(RipeningProcessor.ASSIGNED, RipeningProcessor.DUE, RipeningProcessor.PAST)
                .map(store ->
                        new Kept(ServiceRights.FEEDBACK + "-" + store + "-changelog", UnitData.ASSIGNMENT, compacted));
        return Stream.concat(topics, changelogs).toList();
    }

    private Map<ConfigResource, Config> configs() throws InterruptedException {
        List<ConfigResource> resources =
                WITH_UNITS.stream().map(topic -> resource(topic.name())).toList();
        try (Admin admin = kafka.newAdmin()) {
            return admin.describeConfigs(resources).all().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | KafkaException e) {
            throw Problem.exception(
                    503,
                    "Kafka does not say how long its topics keep records: " + KafkaReason.of(e)
                            + "; nothing was changed: ask again");
        }
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    /** A segment is deleted as a whole, when its newest record is old enough; and it may grow for {@code segment.ms}. */
    private static @Nullable Long goneBy(@Nullable Config config, long nowMillis) {
        Long retention = millis(config, TopicConfig.RETENTION_MS_CONFIG);
        Long segment = millis(config, TopicConfig.SEGMENT_MS_CONFIG);
        return retention == null || segment == null || retention < 0 || retention > FOR_EVER || segment > FOR_EVER
                ? null
                : nowMillis + retention + segment + DELETION.toMillis();
    }

    private static @Nullable Long millis(@Nullable Config config, String name) {
        var entry = config == null ? null : config.get(name);
        return entry == null || entry.value() == null ? null : Long.valueOf(entry.value());
    }
}
