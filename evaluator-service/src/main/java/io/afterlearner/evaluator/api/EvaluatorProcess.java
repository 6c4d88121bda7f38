package io.afterlearner.evaluator.api;

import io.afterlearner.evaluator.scoring.ProviderException;
import io.afterlearner.evaluator.shell.Evaluators;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts and stops the process's evaluators. */
@ApplicationScoped
public class EvaluatorProcess {
    private static final Logger LOG = Logger.getLogger(EvaluatorProcess.class);
    private static final int WRONG_INPUT = 2;

    private final EvaluatorConfig config;
    private final Config all;
    private final Metrics metrics;
    private volatile @Nullable Evaluators evaluators;

    EvaluatorProcess(EvaluatorConfig config, Config all, Metrics metrics) {
        this.config = config;
        this.all = all;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        try {
            Evaluators started = Evaluators.start(SettingsReader.read(config, all, CodeDigest.get()));
            evaluators = started;
            metrics.show(started);
        } catch (ProviderException | IllegalArgumentException e) {
            LOG.error(e.getMessage());
            Quarkus.asyncExit(WRONG_INPUT);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        Evaluators running = evaluators;
        if (running != null) {
            running.close();
        }
    }

    /** Empty before the start and after a failed one. */
    Optional<Evaluators> evaluators() {
        return Optional.ofNullable(evaluators);
    }
}
