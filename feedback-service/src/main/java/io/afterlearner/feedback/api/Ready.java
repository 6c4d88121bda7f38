package io.afterlearner.feedback.api;

import io.afterlearner.client.Served;
import io.afterlearner.feedback.shell.OnlineStudies;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers nothing before studies and arms are known, and then for those there are. */
@ApplicationScoped
class Ready {
    private final OnlineStudies studies;

    Ready(OnlineStudies studies) {
        this.studies = studies;
    }

    /** Who meets what in a study. */
    Served served(String study) {
        require();
        return studies.served(study)
                .orElseThrow(() -> Problem.exception(
                        404, "no online study is called " + study + ": create it, or wait until it has begun"));
    }

    void require() {
        if (!studies.isReady()) {
            throw Problem.exception(503, "the service is still reading its topics: try again in a moment");
        }
    }
}
