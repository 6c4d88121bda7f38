package io.afterlearner.kafka.cluster;

import io.afterlearner.schemas.cluster.Partitions;
import io.afterlearner.schemas.cluster.Retention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;

/** Compares a cluster with what AfterLearner needs. */
public final class ClusterCheck {
    private final ClusterState cluster;
    private final List<Finding> findings = new ArrayList<>();

    private ClusterCheck(ClusterState cluster) {
        this.cluster = cluster;
    }

    /** Everything that differs, topics first. */
    public static List<Finding> findings(ClusterState cluster) {
        ClusterCheck check = new ClusterCheck(cluster);
        cluster.topics().forEach(check::topic);
        check.joined(Partitions.AS_STUDIES, "services join these topics by study");
        check.joined(Partitions.AS_EXPOSURES, "the feedback service joins these topics by assignment");
        cluster.groups().forEach(check::group);
        return List.copyOf(check.findings);
    }

    private void topic(TopicState topic) {
        if (topic.isMissing()) {
            wrong(topic, "it does not exist", "run " + createCommand(topic));
            return;
        }
        cleanup(topic);
        size(topic);
        if (topic.spec().retention() instanceof Retention.Kept kept) {
            retention(topic, kept);
        }
        warnings(topic);
    }

    private void cleanup(TopicState topic) {
        String wanted = topic.spec().retention().cleanupPolicy();
        if (!topic.cleanupPolicy().equals(wanted)) {
            String why = wanted.equals("compact")
                    ? "the last record of a key may be deleted, and its study would be forgotten"
                    : "only the last record of a key is kept, and the others are lost";
            wrong(
                    topic,
                    "cleanup.policy is " + topic.cleanupPolicy() + " instead of " + wanted + ": " + why,
                    fix(topic));
        }
    }

    private void size(TopicState topic) {
        long wanted = topic.spec().maxMessageBytes();
        Optional<Long> is = topic.number(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
        if (is.isEmpty() || is.get() < wanted) {
            wrong(
                    topic,
                    "max.message.bytes is " + is.map(String::valueOf).orElse("unknown") + ", less than " + wanted
                            + ": large records are refused",
                    fix(topic));
        }
    }

    private void retention(TopicState topic, Retention.Kept kept) {
        long millis = topic.retentionMillis().orElse(0L);
        if (millis != -1 && millis < kept.least().toMillis()) {
            wrong(
                    topic,
                    "retention.ms is " + millis + ", less than " + text(kept.least()) + ": it loses " + kept.lost(),
                    fix(topic));
        }
    }

    private static String fix(TopicState topic) {
        return "run " + createCommand(topic) + " --fix";
    }

    private static String createCommand(TopicState topic) {
        return NeededTopics.createCommand(List.of(topic.spec().name()));
    }

    private static String text(Duration time) {
        return time.toDays() > 0 ? time.toDays() + " d" : time.toHours() + " h";
    }

    private void warnings(TopicState topic) {
        if (topic.replication() == 1 && cluster.brokers() > 1) {
            warning(
                    topic,
                    "it has 1 replica on a cluster of " + cluster.brokers()
                            + " brokers: it is away, or lost, with its broker",
                    "add replicas with kafka-reassign-partitions");
        }
        Optional<Long> inSync = topic.number(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        if (inSync.isPresent() && inSync.get() > topic.replication()) {
            wrong(
                    topic,
                    "min.insync.replicas is " + inSync.get() + " and it has " + topic.replication()
                            + (topic.replication() == 1 ? " replica" : " replicas") + ": nothing can be written",
                    "lower min.insync.replicas, or add replicas");
        }
        if (topic.spec().partitions() == Partitions.ONE && topic.partitions() > 1) {
            warning(
                    topic,
                    "it has " + topic.partitions()
                            + " partitions instead of 1: with a share group, records may wait behind a slow evaluator"
                            + " while others idle",
                    "ignore this if its evaluators use mode=group");
        }
    }

    private void joined(Partitions kind, String why) {
        TreeMap<Integer, List<String>> byCount = cluster.topics().stream()
                .filter(topic -> topic.spec().partitions() == kind && !topic.isMissing())
                .collect(Collectors.groupingBy(
                        TopicState::partitions,
                        TreeMap::new,
                        Collectors.mapping(topic -> topic.spec().name(), Collectors.toList())));
        if (byCount.size() > 1) {
            String counts = byCount.entrySet().stream()
                    .map(some -> some.getKey() + " in " + String.join(", ", some.getValue()))
                    .collect(Collectors.joining("; "));
            findings.add(Finding.wrong(
                    byCount.firstEntry().getValue().get(0),
                    "the numbers of partitions differ (" + counts + "), but " + why + " and need one number",
                    "delete the topics that differ, and create them with the same number, before the first study"));
        }
    }

    private void group(GroupState group) {
        for (String problem : group.problems()) {
            int end = problem.lastIndexOf("; ");
            findings.add(Finding.wrong(group.group().name(), problem.substring(0, end), problem.substring(end + 2)));
        }
    }

    private void wrong(TopicState topic, String problem, String fix) {
        findings.add(Finding.wrong(topic.spec().name(), problem, fix));
    }

    private void warning(TopicState topic, String problem, String fix) {
        findings.add(Finding.warning(topic.spec().name(), problem, fix));
    }
}
