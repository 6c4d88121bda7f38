package io.afterlearner.kafka.rights;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeShareGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/**
 * Kafka's answers to the question which operations it allows this process on a resource. Each method returns them by the resource's
 * name. The set is empty if the process may not even describe the resource, and absent if Kafka does not tell, for example because
 * the resource does not exist. Nothing is created or changed. One object serves one look.
 *
 * <p>The methods throw an {@link ExecutionException} if Kafka refuses the credentials, and a {@link TimeoutException} if it does not
 * answer.
 */
final class AllowedOperations {
    private static final Duration ANSWER = Duration.ofSeconds(5);

    private final Admin admin;
    private final long endNanos = System.nanoTime() + ANSWER.toNanos();
    private @Nullable Set<String> listed;

    AllowedOperations(Admin admin) {
        this.admin = admin;
    }

    /** The topics whose names begin so and that this process may describe. */
    List<String> existingTopics(String prefix) throws ExecutionException, InterruptedException, TimeoutException {
        if (listed == null) {
            listed = get(admin.listTopics().names());
        }
        return listed.stream().filter(name -> name.startsWith(prefix)).toList();
    }

    Map<String, Set<AclOperation>> topics(Collection<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        Map<String, Set<AclOperation>> allowed = new HashMap<>();
        add(allowed, admin.describeTopics(names, options).topicNameValues(), TopicDescription::authorizedOperations);
        return allowed;
    }

    /** Consumer groups and share groups; either kind of question finds out whether a group may be described. */
    Map<String, Set<AclOperation>> groups(Collection<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        var consumers = new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
        var shares = new DescribeShareGroupsOptions().includeAuthorizedOperations(true);
        Map<String, Set<AclOperation>> allowed = new HashMap<>();
        var asked = admin.describeConsumerGroups(names, consumers).describedGroups();
        add(
                allowed,
                admin.describeShareGroups(names, shares).describedGroups(),
                ShareGroupDescription::authorizedOperations);
        add(allowed, asked, ConsumerGroupDescription::authorizedOperations);
        return allowed;
    }

    /** Only whether they may be described, as every right on them implies. The set has all operations or none. */
    Map<String, Set<AclOperation>> transactionalIds(Collection<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        var described = admin.describeTransactions(names);
        Map<String, KafkaFuture<?>> answers = new HashMap<>();
        names.forEach(name -> answers.put(name, described.description(name)));
        Map<String, Set<AclOperation>> allowed = new HashMap<>();
        add(allowed, answers, found -> Set.of(AclOperation.values()));
        return allowed;
    }

    /** By the cluster's only name. */
    Map<String, Set<AclOperation>> cluster(String name)
            throws ExecutionException, InterruptedException, TimeoutException {
        var described = admin.describeCluster(new DescribeClusterOptions().includeAuthorizedOperations(true));
        Map<String, Set<AclOperation>> allowed = new HashMap<>();
        add(allowed, Map.of(name, described.authorizedOperations()), operations -> operations);
        return allowed;
    }

    /** Which of these topics this process may not create. */
    Set<String> notCreatable(Collection<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<NewTopic> topics = names.stream()
                .map(name -> new NewTopic(name, Optional.empty(), Optional.empty()))
                .toList();
        Map<String, Set<AclOperation>> denied = new HashMap<>();
        add(
                denied,
                admin.createTopics(topics, new CreateTopicsOptions().validateOnly(true))
                        .values(),
                created -> Set.of(AclOperation.CREATE));
        return denied.entrySet().stream()
                .filter(answer -> answer.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private <T> void add(
            Map<String, Set<AclOperation>> allowed,
            Map<String, ? extends KafkaFuture<? extends T>> answers,
            Function<T, Set<AclOperation>> operations)
            throws ExecutionException, InterruptedException, TimeoutException {
        for (var answer : answers.entrySet()) {
            try {
                Set<AclOperation> told = operations.apply(get(answer.getValue()));
                if (told != null) {
                    allowed.put(answer.getKey(), told);
                }
            } catch (ExecutionException e) {
                if (isDenied(e)) {
                    allowed.put(answer.getKey(), Set.of());
                }
            }
        }
    }

    /** Whether the resource may not be described; false if Kafka does not tell, because the resource does not exist. */
    private static boolean isDenied(ExecutionException e) throws ExecutionException {
        Throwable cause = e.getCause();
        boolean unanswered =
                cause instanceof RetriableException && !(cause instanceof UnknownTopicOrPartitionException);
        if (unanswered || cause instanceof AuthenticationException) {
            throw e;
        }
        return cause instanceof AuthorizationException;
    }

    private <T> T get(KafkaFuture<T> answer) throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(Math.max(1, endNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }
}
