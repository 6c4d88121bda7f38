package io.afterlearner.feedback.api;

import io.afterlearner.client.Served;
import io.afterlearner.feedback.shell.OnlineStudies;
import io.afterlearner.http.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** Finds what a study serves, for the resources. */
@ApplicationScoped
class ServedStudies {
    private final OnlineStudies studies;

    ServedStudies(OnlineStudies studies) {
        this.studies = studies;
    }

    /** Throws a problem: 503 until the topics are read, 404 if the study is unknown or has not begun. */
    Served get(String study) {
        studies.require();
        return studies.served(study)
                .orElseThrow(() -> Problem.exception(
                        404, "no online study is called " + study + ": create it, or wait until it has begun"));
    }
}
