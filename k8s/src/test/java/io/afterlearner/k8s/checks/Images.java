package io.afterlearner.k8s.checks;

import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Overlay;
import java.util.List;
import java.util.Set;

/** Images are among those that this repository builds, of its version. */
final class Images implements Check {
    private static final Set<String> BUILT = Set.of(
            "afterlearner/optimizer",
            "afterlearner/evaluator",
            "afterlearner/evaluator-cuda",
            "afterlearner/feedback",
            "afterlearner/operator",
            "afterlearner/cli");

    private final String version;

    Images(String version) {
        this.version = version;
    }

    @Override
    public List<String> findings(Overlay overlay) {
        return overlay.pods()
                .flatMap(pods -> pods.containers()
                        .map(container -> container.path("image").asText())
                        .filter(image -> BUILT.stream().noneMatch(built -> image.equals(built + ":" + version)))
                        .map(image -> pods.owner().id() + ": the image " + image + " is not built here; those are "
                                + BUILT.stream().sorted().toList() + " with the tag " + version))
                .toList();
    }
}
