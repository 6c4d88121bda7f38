package io.afterlearner.kafka.rights;

import io.afterlearner.schemas.cluster.Right;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/** Tells which failures come from a missing right or from refused credentials, and which right it is. */
public final class Denials {
    private static final int MAX_CAUSES = 16;

    private Denials() {}

    /** Whether a right is missing or the credentials are refused: trying again later may help, another record does not. */
    public static boolean isDenial(Throwable failure) {
        return isMissingRight(failure) || find(failure, AuthenticationException.class) != null;
    }

    /** Whether Kafka knows who this process is, and denies it an operation. */
    public static boolean isMissingRight(Throwable failure) {
        return find(failure, AuthorizationException.class) != null;
    }

    /** The first cause of this type, the failure itself included; null if there is none. */
    static <T extends Throwable> @Nullable T find(@Nullable Throwable failure, Class<T> type) {
        Throwable at = failure;
        for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }

    /**
     * The rights whose absence can explain the failure, apart from those that a check sees anyway.
     *
     * @param needed all rights that the process needs
     */
    static List<Right> rights(Throwable failure, Collection<Right> needed) {
        AuthorizationException denied = find(failure, AuthorizationException.class);
        if (denied instanceof TopicAuthorizationException topics) {
            return unlisted(topics.unauthorizedTopics(), needed);
        }
        if (denied instanceof GroupAuthorizationException group && group.groupId() != null) {
            return List.of(Right.literal(AclOperation.READ, ResourceType.GROUP, group.groupId()));
        }
        if (denied instanceof TransactionalIdAuthorizationException) {
            return ofType(ResourceType.TRANSACTIONAL_ID, needed);
        }
        return denied instanceof ClusterAuthorizationException ? ofType(ResourceType.CLUSTER, needed) : List.of();
    }

    private static List<Right> unlisted(Set<String> topics, Collection<Right> needed) {
        return topics.stream()
                .map(topic -> Right.literal(Right.SOME, ResourceType.TOPIC, topic))
                .filter(right -> needed.stream().noneMatch(listed -> listed.covers(right)))
                .toList();
    }

    private static List<Right> ofType(ResourceType type, Collection<Right> needed) {
        return needed.stream().filter(right -> right.type() == type).toList();
    }
}
