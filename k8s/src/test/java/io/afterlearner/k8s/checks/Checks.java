package io.afterlearner.k8s.checks;

import java.util.List;

/** All checks. */
public final class Checks {
    private Checks() {}

    public static List<Check> all() {
        return List.of(new TypedModels());
    }
}
