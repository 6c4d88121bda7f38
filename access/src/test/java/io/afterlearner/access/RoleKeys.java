package io.afterlearner.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A key file for tests of services.
 *
 * @param byRole a key of each role for all studies
 * @param limited a key of an admin for the studies {@code a-*}
 */
public record RoleKeys(Path file, Map<String, String> byRole, String limited) {

    public static RoleKeys write(Path file) throws IOException {
        Map<String, String> byRole = new HashMap<>();
        List<String> lines = new ArrayList<>();
        for (String role : Roles.ALL) {
            byRole.put(role, AccessKey.random());
            lines.add(AccessKey.of(role, List.of(role), StudyPatterns.ALL, byRole.get(role))
                    .toString());
        }
        String limited = AccessKey.random();
        lines.add(AccessKey.of("limited", List.of(Roles.ADMIN), StudyPatterns.of(List.of("a-*")), limited)
                .toString());
        return new RoleKeys(Files.write(file, lines), Map.copyOf(byRole), limited);
    }

    public String of(String role) {
        return Objects.requireNonNull(byRole.get(role), role);
    }
}
