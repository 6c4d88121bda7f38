package io.afterlearner.embedded;

import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** Grants and revokes rights on a broker with an authorizer. */
public final class Acls {
    private Acls() {}

    /** @param user such as {@code ann}, or {@code CN=ann} if certificates prove who it is */
    public static void grant(
            Admin admin, String user, AclOperation operation, ResourceType type, String name, PatternType pattern)
            throws ExecutionException, InterruptedException {
        admin.createAcls(List.of(binding(user, operation, type, name, pattern)))
                .all()
                .get();
    }

    static void revoke(
            Admin admin, String user, AclOperation operation, ResourceType type, String name, PatternType pattern)
            throws ExecutionException, InterruptedException {
        admin.deleteAcls(List.of(binding(user, operation, type, name, pattern).toFilter()))
                .all()
                .get();
    }

    private static AclBinding binding(
            String user, AclOperation operation, ResourceType type, String name, PatternType pattern) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }
}
