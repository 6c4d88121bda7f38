package io.afterlearner.access;

/** What a path needs. A REST resource names its role itself; here is what is needed before its method is looked up. */
final class Paths {
    /** What a request must have. */
    enum Need {
        NOTHING,
        /** Some valid key or token. */
        IDENTITY,
        VIEWER
    }

    private Paths() {}

    /** @param openMetrics whether metrics are open */
    static Need of(String path, boolean openMetrics) {
        if (isBelow(path, "/v1")) {
            return Need.IDENTITY;
        }
        if (isBelow(path, "/q/health") || path.equals("/q/openapi") || (openMetrics && isBelow(path, "/q/metrics"))) {
            return Need.NOTHING;
        }
        // Everything else outside /q is a file of the dashboard, which is the same in every installation.
        return isBelow(path, "/q") ? Need.VIEWER : Need.NOTHING;
    }

    private static boolean isBelow(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }
}
