package io.afterlearner.kafka.cluster;

import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.schemas.cluster.ShareGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The configuration of a share group.
 *
 * @param values by name
 * @param own the names of values that were set for this group; others are the brokers' defaults
 * @param unknown why the configuration cannot be read; empty if it was
 */
public record GroupState(ShareGroup group, Map<String, String> values, List<String> own, String unknown) {
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** Reads the configuration of each group, whether or not the group has members. */
    public static List<GroupState> read(Admin admin, List<ShareGroup> groups) throws InterruptedException {
        Map<ConfigResource, ShareGroup> resources = new LinkedHashMap<>();
        groups.forEach(group -> resources.put(resource(group), group));
        List<GroupState> states = new ArrayList<>();
        for (var answer : admin.describeConfigs(resources.keySet()).values().entrySet()) {
            ShareGroup group = Objects.requireNonNull(resources.get(answer.getKey()));
            try {
                states.add(of(group, answer.getValue().get(ANSWER.toMillis(), TimeUnit.MILLISECONDS)));
            } catch (ExecutionException | TimeoutException | KafkaException e) {
                states.add(new GroupState(group, Map.of(), List.of(), KafkaReason.of(e)));
            }
        }
        states.sort(Comparator.comparing(state -> state.group().name()));
        return states;
    }

    static ConfigResource resource(ShareGroup group) {
        return new ConfigResource(ConfigResource.Type.GROUP, group.name());
    }

    private static GroupState of(ShareGroup group, Config config) {
        Map<String, String> values = new TreeMap<>();
        List<String> own = new ArrayList<>();
        for (ConfigEntry entry : config.entries()) {
            if (entry.value() != null) {
                values.put(entry.name(), entry.value());
            }
            if (entry.source() == ConfigEntry.ConfigSource.DYNAMIC_GROUP_CONFIG) {
                own.add(entry.name());
            }
        }
        return new GroupState(group, values, own, "");
    }

    /** The required settings that the group does not have, by name. */
    Map<String, String> wrong() {
        Map<String, String> wrong = new TreeMap<>(ShareGroup.REQUIRED);
        wrong.entrySet().removeIf(setting -> setting.getValue().equals(values.get(setting.getKey())));
        return wrong;
    }

    /** What is wrong and how to fix it, a line each; empty if evaluators can use the group. */
    public List<String> problems() {
        if (!unknown.isEmpty()) {
            return List.of("the configuration of share group " + group.name() + " cannot be read: " + unknown
                    + "; grant DESCRIBE_CONFIGS on the group, and use Kafka 4.2 or newer with share groups");
        }
        return wrong().entrySet().stream()
                .map(setting -> "share group " + group.name() + " has " + setting.getKey() + "="
                        + values.getOrDefault(setting.getKey(), "nothing") + " instead of " + setting.getValue()
                        + ", so that " + consequence(setting.getKey()) + "; run " + command(setting.getKey()))
                .toList();
    }

    private static String consequence(String setting) {
        return setting.equals("share.auto.offset.reset")
                ? "records from before its first member are skipped"
                : "records of aborted transactions are read";
    }

    private String command(String setting) {
        return NeededTopics.createCommand(List.of(group.topic())) + (own.contains(setting) ? " --fix" : "");
    }
}
