package io.afterlearner.k8s;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.k8s.checks.Checks;
import io.afterlearner.k8s.overlay.Check;
import io.afterlearner.k8s.overlay.Overlay;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing is wrong with the rendered overlays. */
class OverlaysTest {
    private static final int LEAST_OBJECTS = 50;

    static List<String> overlays() throws IOException {
        return Overlay.names();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyCheckFindsNothing(String name) throws IOException {
        Overlay overlay = Overlay.rendered(name);
        assertTrue(overlay.objects().size() > LEAST_OBJECTS, name);
        for (Check check : Checks.all()) {
            assertEquals(
                    List.of(), check.findings(overlay), () -> check.getClass().getSimpleName() + " of " + name);
        }
    }
}
