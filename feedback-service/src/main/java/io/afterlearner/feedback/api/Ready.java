package io.afterlearner.feedback.api;

import io.afterlearner.feedback.shell.OnlineStudies;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers nothing before studies and arms are known. */
@ApplicationScoped
class Ready {
    private final OnlineStudies studies;

    Ready(OnlineStudies studies) {
        this.studies = studies;
    }

    void require() {
        if (!studies.isReady()) {
            throw Problem.exception(503, "the service is still reading its topics: try again in a moment");
        }
    }
}
