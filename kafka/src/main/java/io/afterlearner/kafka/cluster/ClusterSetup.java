package io.afterlearner.kafka.cluster;

import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.KafkaSettings;
import io.afterlearner.schemas.cluster.Retention;
import io.afterlearner.schemas.cluster.ShareGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/** Creates what is missing on a cluster: topics, and the configuration of share groups. */
public final class ClusterSetup {
    private static final Duration EFFECT = Duration.ofSeconds(10);

    private final Admin admin;
    private final Layout layout;
    private final List<String> done = new ArrayList<>();
    private final List<String> created = new ArrayList<>();
    private final Map<ConfigResource, Map<String, String>> changed = new HashMap<>();

    private ClusterSetup(Admin admin, Layout layout) {
        this.admin = admin;
        this.layout = layout;
    }

    /**
     * Creates the missing topics, and sets what was never set for a share group. Nothing that exists is changed.
     *
     * @param pools evaluator pools whose topics are needed
     * @return what was done, a line each
     * @throws KafkaException if Kafka does not answer or refuses
     */
    public static List<String> create(Admin admin, Layout layout, Collection<String> pools)
            throws InterruptedException {
        return create(admin, layout, ClusterState.read(admin, pools));
    }

    /** Like the other {@code create}, with a client of its own. */
    public static List<String> create(KafkaSettings kafka, Layout layout, Collection<String> pools)
            throws InterruptedException {
        try (Admin admin = kafka.newAdmin()) {
            return create(admin, layout, pools);
        }
    }

    /** Like the other {@code create}, on a cluster as it was read. */
    public static List<String> create(Admin admin, Layout layout, ClusterState cluster) throws InterruptedException {
        ClusterSetup setup = new ClusterSetup(admin, layout);
        setup.createTopics(cluster);
        for (GroupState group : cluster.groups()) {
            setup.configure(group, false);
        }
        setup.awaitEffect();
        return setup.done;
    }

    /** Changes settings of existing topics and share groups to what is needed. Numbers of partitions and replicas stay. */
    public static List<String> fix(Admin admin, Layout layout, ClusterState cluster) throws InterruptedException {
        ClusterSetup setup = new ClusterSetup(admin, layout);
        for (TopicState topic : cluster.topics()) {
            setup.alter(
                    new ConfigResource(ConfigResource.Type.TOPIC, topic.spec().name()), wrong(topic));
        }
        for (GroupState group : cluster.groups()) {
            setup.configure(group, true);
        }
        setup.awaitEffect();
        return setup.done;
    }

    private void createTopics(ClusterState cluster) throws InterruptedException {
        List<NewTopic> missing = cluster.topics().stream()
                .filter(TopicState::isMissing)
                .map(topic -> layout.topic(topic.spec()))
                .toList();
        for (var topic : new TreeMap<>(admin.createTopics(missing).values()).entrySet()) {
            try {
                topic.getValue().get();
                created.add(topic.getKey());
                done.add("created topic " + topic.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new KafkaException("topic " + topic.getKey() + " cannot be created: " + KafkaReason.of(e), e);
                }
            }
        }
    }

    private void configure(GroupState group, boolean all) throws InterruptedException {
        Map<String, String> changes = new TreeMap<>(group.wrong());
        if (layout.lock() != null) {
            String lock = Long.toString(layout.lock().toMillis());
            if (!lock.equals(group.values().get(ShareGroup.LOCK_MILLIS))) {
                changes.put(ShareGroup.LOCK_MILLIS, lock);
            }
        }
        changes.keySet().removeIf(name -> !all && group.own().contains(name));
        alter(GroupState.resource(group.group()), changes);
    }

    private static Map<String, String> wrong(TopicState topic) {
        Map<String, String> wrong = new TreeMap<>();
        if (topic.isMissing()) {
            return wrong;
        }
        Map<String, String> wanted = topic.spec().configs();
        if (!topic.cleanupPolicy().equals(wanted.get(TopicConfig.CLEANUP_POLICY_CONFIG))) {
            wrong.put(TopicConfig.CLEANUP_POLICY_CONFIG, wanted.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, ""));
        }
        if (topic.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).orElse(0L)
                < topic.spec().maxMessageBytes()) {
            wrong.put(
                    TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                    Integer.toString(topic.spec().maxMessageBytes()));
        }
        long millis = topic.retentionMillis().orElse(0L);
        if (topic.spec().retention() instanceof Retention.Kept kept
                && millis != -1
                && millis < kept.least().toMillis()) {
            wrong.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.time().toMillis()));
        }
        return wrong;
    }

    private void alter(ConfigResource resource, Map<String, String> changes) throws InterruptedException {
        if (changes.isEmpty()) {
            return;
        }
        String what = (resource.type() == ConfigResource.Type.GROUP ? "share group " : "topic ") + resource.name();
        List<AlterConfigOp> operations = changes.entrySet().stream()
                .map(change -> new AlterConfigOp(
                        new ConfigEntry(change.getKey(), change.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        ClusterState.get(
                what + " cannot be configured",
                admin.incrementalAlterConfigs(new HashMap<>(Map.of(resource, operations)))
                        .all());
        changed.put(resource, changes);
        changes.forEach((name, value) -> done.add("set " + name + "=" + value + " for " + what));
    }

    /** Brokers learn of changes a little later than the controller that makes them. */
    private void awaitEffect() throws InterruptedException {
        long end = System.nanoTime() + EFFECT.toNanos();
        while (!isInEffect() && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    private boolean isInEffect() throws InterruptedException {
        var configs = ClusterState.get(
                "the configuration cannot be read",
                admin.describeConfigs(changed.keySet()).all());
        boolean same =
                changed.entrySet().stream().allMatch(change -> isSame(change.getValue(), configs.get(change.getKey())));
        return same
                && (created.isEmpty()
                        || ClusterState.get(
                                        "the topics cannot be listed",
                                        admin.listTopics().names())
                                .containsAll(created));
    }

    private static boolean isSame(Map<String, String> wanted, @Nullable Config found) {
        return found != null
                && wanted.entrySet().stream().allMatch(setting -> {
                    ConfigEntry entry = found.get(setting.getKey());
                    return entry != null && setting.getValue().equals(entry.value());
                });
    }
}
