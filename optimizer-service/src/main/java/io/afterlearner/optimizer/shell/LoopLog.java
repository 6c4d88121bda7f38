package io.afterlearner.optimizer.shell;

import io.afterlearner.observability.LogFields;
import io.afterlearner.optimizer.core.Input;
import io.afterlearner.optimizer.core.RunPlan;
import org.jboss.logging.Logger;

/** What the loop logs about studies, with the study as a field. */
final class LoopLog {
    private static final Logger LOG = Logger.getLogger(LoopLog.class);

    private LoopLog() {}

    static void begins(String study, RunPlan plan) {
        about(
                study,
                () -> LOG.infof(
                        "%s begins: budget %d, %s",
                        study, plan.budget(), plan.choice().why()));
    }

    static void deleted(String study) {
        about(study, () -> LOG.infof("%s is deleted", study));
    }

    static void setAside(String study, SetAside why) {
        about(study, () -> LOG.errorf("%s: %s", study, why.reason()));
    }

    static void broken(String study, Input input, Throwable failure) {
        about(study, () -> LOG.errorf(failure, "%s cannot process %s", study, input));
    }

    private static void about(String study, Runnable line) {
        LogFields.study(study).log(line);
    }
}
