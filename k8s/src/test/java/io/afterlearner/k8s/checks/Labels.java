package io.afterlearner.k8s.checks;

import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Overlay;
import java.util.List;
import java.util.stream.Stream;

/** Every object says that it is a part of AfterLearner, and the pods also which one, because selectors ask for it. */
final class Labels implements Check {
    private static final String PART_OF = "app.kubernetes.io/part-of";
    private static final List<String> OF_PODS =
            List.of("app.kubernetes.io/name", "app.kubernetes.io/component", PART_OF);

    @Override
    public List<String> findings(Overlay overlay) {
        return Stream.concat(
                        overlay.objects().stream()
                                .filter(object -> !object.labels().containsKey(PART_OF))
                                .map(object -> object.id() + ": has no label " + PART_OF),
                        overlay.pods()
                                .filter(pods -> !pods.labels().keySet().containsAll(OF_PODS))
                                .map(pods -> pods.owner().id() + ": its pods need the labels " + OF_PODS))
                .toList();
    }
}
