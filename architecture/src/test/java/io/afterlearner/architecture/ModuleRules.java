package io.afterlearner.architecture;

import java.util.List;
import java.util.stream.Collectors;

/** What the table itself must satisfy. */
final class ModuleRules {
    private ModuleRules() {}

    /** Imports that no table may allow: of a higher layer, of an unknown module, of another service, and any import of a base module. */
    static List<String> arrowsUp(List<MavenModule> modules) {
        var byFolder = modules.stream().collect(Collectors.toMap(MavenModule::folder, module -> module));
        return modules.stream()
                .flatMap(module -> module.sees().stream()
                        .filter(seen -> !byFolder.containsKey(seen) || !allowed(module, byFolder.get(seen)))
                        .map(seen -> module.folder() + " may not see " + seen))
                .toList();
    }

    private static boolean allowed(MavenModule from, MavenModule to) {
        return switch (from.layer()) {
            case BASE -> false;
            case LIBRARY -> to.layer().compareTo(MavenModule.Layer.LIBRARY) <= 0;
            case SERVICE -> to.layer().compareTo(MavenModule.Layer.SERVICE) < 0;
            // The CLI starts services as processes and speaks to them over topics and REST; a service may open pure
            // parts.
            case APPLICATION ->
                to.layer() != MavenModule.Layer.SERVICE || !to.open().isEmpty();
        };
    }
}
