package io.afterlearner.operator.process;

import io.afterlearner.operator.reconcile.StudyOperator;
import io.afterlearner.operator.services.Optimizer;
import io.afterlearner.operator.services.ServiceException;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts and stops the operator, and reports its health. */
@ApplicationScoped
public class OperatorProcess {
    private static final Logger LOG = Logger.getLogger(OperatorProcess.class);
    private static final int WRONG_INPUT = 2;

    private final OperatorConfig config;
    private final Config all;
    private final KubernetesClient client;
    private final MeterRegistry meters;
    private volatile @Nullable StudyOperator operator;

    OperatorProcess(OperatorConfig config, Config all, KubernetesClient client, MeterRegistry meters) {
        this.config = config;
        this.all = all;
        this.client = client;
        this.meters = meters;
    }

    void start(@Observes StartupEvent event) {
        try {
            StudyOperator started = new StudyOperator(
                    client,
                    new Optimizer(SettingsReader.optimizer(config)),
                    SettingsReader.feedback(config),
                    SettingsReader.reader(config, all)::read,
                    SettingsReader.exports(config, client),
                    SettingsReader.settings(config),
                    new ReconcileMeters(meters),
                    () -> Quarkus.asyncExit(1));
            OperatorMeters.show(meters, started);
            operator = started;
            started.start();
        } catch (IllegalArgumentException e) {
            LOG.error(e.getMessage());
            Quarkus.asyncExit(WRONG_INPUT);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        StudyOperator running = operator;
        if (running != null) {
            running.close();
        }
    }

    /** Down if Studies are watched no longer; restart the process. */
    @Produces
    @Liveness
    HealthCheck watch() {
        return () -> HealthCheckResponse.named("watch").status(isAlive()).build();
    }

    /** Up as soon as Studies are watched. That the optimizer does not answer is shown, and no reason to restart or replace the operator. */
    @Produces
    @Readiness
    HealthCheck optimizer() {
        return () -> {
            StudyOperator running = operator;
            ServiceException problem =
                    running == null ? null : running.optimizer().problem();
            var answer = HealthCheckResponse.named("operator").status(isAlive());
            return problem == null
                    ? answer.build()
                    : answer.withData("optimizer", problem.problem()).build();
        };
    }

    private boolean isAlive() {
        StudyOperator running = operator;
        return running != null && running.isAlive();
    }
}
