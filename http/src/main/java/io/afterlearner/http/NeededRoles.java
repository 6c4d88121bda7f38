package io.afterlearner.http;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.util.List;

/** The roles that the annotations of a resource ask for. */
final class NeededRoles {
    private NeededRoles() {}

    /** The roles, each of which suffices; empty if the request reached no resource, or the resource names none. */
    static List<String> of(ResourceInfo resource) {
        Method method = resource.getResourceMethod();
        if (method == null) {
            return List.of();
        }
        RolesAllowed ofMethod = method.getAnnotation(RolesAllowed.class);
        RolesAllowed roles = ofMethod == null ? method.getDeclaringClass().getAnnotation(RolesAllowed.class) : ofMethod;
        return roles == null ? List.of() : List.of(roles.value());
    }
}
