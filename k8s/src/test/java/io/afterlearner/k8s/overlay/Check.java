package io.afterlearner.k8s.overlay;

import java.util.List;

/** What must be true of an overlay. */
public interface Check {
    /** What is wrong, each as {@code KIND/NAME: problem; fix}; empty if nothing is. */
    List<String> findings(Overlay overlay);
}
