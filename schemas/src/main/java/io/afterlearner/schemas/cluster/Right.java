package io.afterlearner.schemas.cluster;

import java.util.Locale;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;

/**
 * An operation on a resource of Kafka, as an access control list names them.
 *
 * @param resource its name; the beginning of all names if {@code prefixed}
 */
public record Right(AclOperation operation, ResourceType type, String resource, boolean prefixed)
        implements Comparable<Right> {

    /** Stands for a right whose operation is not known. */
    public static final AclOperation SOME = AclOperation.ANY;

    public static Right literal(AclOperation operation, ResourceType type, String resource) {
        return new Right(operation, type, resource, false);
    }

    public static Right prefixed(AclOperation operation, ResourceType type, String prefix) {
        return new Right(operation, type, prefix, true);
    }

    /** Whether it is about the other's resource. */
    public boolean covers(Right other) {
        return type == other.type && (prefixed ? other.resource.startsWith(resource) : other.resource.equals(resource));
    }

    /** The type as Kafka's tools write it, such as {@code topic}. */
    public String typeName() {
        return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The operation as Kafka names it, such as {@code WRITE}. */
    public String operationName() {
        return operation == SOME ? "READ or WRITE" : operation.name();
    }

    /** The resource as {@code kafka-acls --list} shows it: a prefix ends with an asterisk. */
    public String resourceName() {
        return prefixed ? resource + "*" : resource;
    }

    /** Such as {@code WRITE on topic afterlearner.fitness}. */
    @Override
    public String toString() {
        return operationName() + " on " + typeName() + " " + resourceName();
    }

    @Override
    public int compareTo(Right other) {
        return toString().compareTo(other.toString());
    }
}
