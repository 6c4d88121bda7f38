package io.afterlearner.kafka.rights;

import io.afterlearner.schemas.cluster.Right;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Finds out which rights are missing, by asking Kafka what it allows. Of a prefix it looks at all names that exist, and at one
 * that does not. What Kafka does not tell counts as granted: the operation itself will show it.
 */
final class RightsProbe {
    /** Ends a name that does not exist. */
    private static final String EXAMPLE = "rights-check";

    /** The operations that imply the right to describe. Of others Kafka tells nothing without that right. */
    private static final Set<AclOperation> DESCRIBING = EnumSet.of(
            AclOperation.DESCRIBE, AclOperation.READ, AclOperation.WRITE, AclOperation.DELETE, AclOperation.ALTER);

    private final AllowedOperations kafka;
    private final Collection<Right> needed;
    private final Map<Right, List<String>> names = new HashMap<>();

    private RightsProbe(Admin admin, Collection<Right> needed) {
        this.kafka = new AllowedOperations(admin);
        this.needed = needed;
    }

    /**
     * Returns which of these rights are missing.
     *
     * @throws ExecutionException if Kafka refuses the credentials
     * @throws TimeoutException if Kafka does not answer
     */
    static Set<Missing> missing(Admin admin, Collection<Right> needed)
            throws ExecutionException, InterruptedException, TimeoutException {
        return new RightsProbe(admin, needed).missing();
    }

    private Set<Missing> missing() throws ExecutionException, InterruptedException, TimeoutException {
        for (Right right : needed) {
            names.put(right, names(right));
        }
        Map<ResourceType, Map<String, Set<AclOperation>>> allowed = new HashMap<>();
        for (ResourceType type : ResourceType.values()) {
            allowed.put(type, ask(type, names(type)));
        }
        Set<Missing> missing = creations();
        needed.stream()
                .filter(right -> !isCreation(right))
                .forEach(right -> judge(right, allowed.getOrDefault(right.type(), Map.of()), missing));
        return missing;
    }

    private List<String> names(Right right) throws ExecutionException, InterruptedException, TimeoutException {
        if (!right.prefixed() || right.type() != ResourceType.TOPIC) {
            return List.of(right.resource());
        }
        List<String> all = new ArrayList<>(isCreation(right) ? List.of() : kafka.existingTopics(right.resource()));
        all.add(right.resource() + EXAMPLE);
        return all;
    }

    private Set<String> names(ResourceType type) {
        Set<String> all = new HashSet<>();
        names.forEach((right, those) -> {
            if (right.type() == type && !isCreation(right)) {
                all.addAll(those);
            }
        });
        return all;
    }

    private Map<String, Set<AclOperation>> ask(ResourceType type, Set<String> about)
            throws ExecutionException, InterruptedException, TimeoutException {
        if (about.isEmpty()) {
            return Map.of();
        }
        return switch (type) {
            case TOPIC -> kafka.topics(about);
            case GROUP -> kafka.groups(about);
            case TRANSACTIONAL_ID -> kafka.transactionalIds(about);
            case CLUSTER -> kafka.cluster(about.iterator().next());
            default -> Map.of();
        };
    }

    private void judge(Right right, Map<String, Set<AclOperation>> allowed, Set<Missing> missing) {
        names.getOrDefault(right, List.of()).stream()
                .map(allowed::get)
                .filter(told -> told != null && isDenied(right, told))
                .findFirst()
                .ifPresent(told -> missing.add(new Missing(right, told.isEmpty() && mayBeAbsent(right))));
    }

    private static boolean isDenied(Right right, Set<AclOperation> told) {
        return told.isEmpty() ? DESCRIBING.contains(right.operation()) : !told.contains(right.operation());
    }

    private static boolean mayBeAbsent(Right right) {
        return right.type() == ResourceType.TOPIC && !right.prefixed();
    }

    /** A right on the cluster allows the creation of topics as well, so only an attempt tells. */
    private Set<Missing> creations() throws ExecutionException, InterruptedException, TimeoutException {
        List<Right> creations =
                needed.stream().filter(RightsProbe::isCreation).distinct().toList();
        Set<String> topics = new HashSet<>();
        creations.forEach(right -> topics.addAll(names.getOrDefault(right, List.of())));
        Set<String> refused = topics.isEmpty() ? Set.of() : kafka.notCreatable(topics);
        return creations.stream()
                .filter(right -> names.getOrDefault(right, List.of()).stream().anyMatch(refused::contains))
                .map(right -> new Missing(right, false))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isCreation(Right right) {
        return right.type() == ResourceType.TOPIC && right.operation() == AclOperation.CREATE;
    }
}
