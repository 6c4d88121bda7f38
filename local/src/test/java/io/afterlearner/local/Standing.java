package io.afterlearner.local;

import com.fasterxml.jackson.databind.JsonNode;

/** What the feedback service says of a study's standing. */
public final class Standing {
    private Standing() {}

    /** Units whose window is over. */
    public static long exposures(JsonNode standing) {
        return standing.path("explored").asLong()
                + standing.at("/champion/exposures").asLong()
                + standing.at("/control/exposures").asLong();
    }
}
