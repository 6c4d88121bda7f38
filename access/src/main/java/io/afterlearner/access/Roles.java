package io.afterlearner.access;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The roles of all services. An operator may do what a viewer may, and an admin everything. The role of applications is on its
 * own: whoever steers studies needs no right to report feedback, and an application sees no study's results.
 */
public final class Roles {
    /** Reads. */
    public static final String VIEWER = "viewer";
    /** Assigns units and reports feedback. */
    public static final String APPLICATION = "application";
    /** Creates, steers, approves and reverts. */
    public static final String OPERATOR = "operator";
    /** Deletes. */
    public static final String ADMIN = "admin";

    public static final List<String> ALL = List.of(VIEWER, APPLICATION, OPERATOR, ADMIN);

    private static final Map<String, List<String>> GRANTED = Map.of(
            VIEWER, List.of(VIEWER),
            APPLICATION, List.of(APPLICATION),
            OPERATOR, List.of(OPERATOR, VIEWER),
            ADMIN, ALL);

    private Roles() {}

    /** The roles with those that they include. Other names are ignored. */
    public static Set<String> withIncluded(Collection<String> roles) {
        return roles.stream()
                .flatMap(role -> GRANTED.getOrDefault(role, List.of()).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
