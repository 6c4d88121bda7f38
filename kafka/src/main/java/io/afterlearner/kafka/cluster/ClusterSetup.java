package io.afterlearner.kafka.cluster;

import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.schemas.Topics;
import io.afterlearner.schemas.cluster.TopicCatalogue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates what is missing on a cluster. */
public final class ClusterSetup {
    private ClusterSetup() {}

    /**
     * Creates the missing topics; existing ones are not changed.
     *
     * @param partitions of each topic keyed by study, at least 1
     * @param replication replicas of each partition; -1 for the broker's default
     * @param pools evaluator pools whose topics are needed
     * @return the names of the topics that were created
     */
    public static List<String> create(Admin admin, int partitions, short replication, Collection<String> pools)
            throws InterruptedException {
        Set<String> existing = existing(admin);
        List<NewTopic> missing = TopicCatalogue.all(pools(pools, existing)).stream()
                .filter(topic -> !existing.contains(topic.name()))
                .map(topic -> topic.newTopic(partitions, replication))
                .toList();
        List<String> names = new ArrayList<>();
        for (var created : admin.createTopics(missing).values().entrySet()) {
            try {
                created.getValue().get();
                names.add(created.getKey());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failed("topic " + created.getKey() + " cannot be created", e);
                }
            }
        }
        return names;
    }

    /** Adds the pools that have a topic of candidates, because a study of an older version may ask for a verdict at its end. */
    static Set<String> pools(Collection<String> wanted, Set<String> existing) {
        Set<String> pools = new TreeSet<>(wanted);
        existing.stream().map(Topics::pool).flatMap(Optional::stream).forEach(pools::add);
        return pools;
    }

    private static Set<String> existing(Admin admin) throws InterruptedException {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw failed("the topics cannot be listed", e);
        }
    }

    private static KafkaException failed(String what, ExecutionException e) {
        return new KafkaException(what + ": " + KafkaReason.of(e), e);
    }
}
