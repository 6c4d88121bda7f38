package io.afterlearner.evaluator.api;

import io.afterlearner.evaluator.shell.Evaluators;
import io.afterlearner.kafka.ClockWatch;
import io.afterlearner.kafka.KafkaReason;
import io.afterlearner.kafka.SafeLog;
import io.afterlearner.kafka.trace.Spans;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import java.util.function.Predicate;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts and stops the process's evaluators, and reports their health. */
@ApplicationScoped
public class EvaluatorProcess {
    private static final Logger LOG = Logger.getLogger(EvaluatorProcess.class);
    private static final int WRONG_INPUT = 2;

    private final EvaluatorConfig config;
    private final Config all;
    private final Metrics metrics;
    private final Spans spans;
    private volatile @Nullable Evaluators evaluators;

    EvaluatorProcess(EvaluatorConfig config, Config all, Metrics metrics, OpenTelemetry telemetry) {
        this.spans = Spans.of(telemetry, all.getValue(Spans.OFF, Boolean.class));
        this.config = config;
        this.all = all;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event) {
        SafeLog.install(InitialConfigurator.DELAYED_HANDLER.getHandlers());
        try {
            Evaluators started = Evaluators.start(SettingsReader.read(config, all, CodeDigest.get(), spans), metrics);
            evaluators = started;
            metrics.show(started);
            // After the clock is turned back, Kafka's clients of this process would hang.
            ClockWatch.start(() -> Quarkus.asyncExit(1), metrics::clockJumped);
        } catch (IllegalArgumentException e) {
            LOG.error(e.getMessage());
            Quarkus.asyncExit(WRONG_INPUT);
        } catch (RuntimeException e) {
            if (!KafkaReason.isKafkas(e)) {
                throw e;
            }
            // Quarkus prints only the message of this exception, and ends the process.
            throw new ConfigurationException("Kafka cannot be used: " + KafkaReason.of(e)
                    + "; check kafka.bootstrap.servers and the security settings under kafka.*");
        }
    }

    void stop(@Observes ShutdownEvent event) {
        Evaluators running = evaluators;
        if (running != null) {
            running.close();
        }
    }

    /** Down if a slot's thread has died; restart the process. */
    @Produces
    @Liveness
    HealthCheck slots() {
        return () -> health("slots", Evaluators::isAlive);
    }

    /** Up once all studies have been read and slots take candidates. While an evaluator takes none, the answer says why. */
    @Produces
    @Readiness
    HealthCheck candidates() {
        return () -> health("candidates", Evaluators::isReady);
    }

    /** Down while the evaluator lacks a right on Kafka; the answer names each missing right. */
    @Produces
    @Readiness
    HealthCheck rights() {
        return () -> {
            Evaluators running = evaluators;
            var answer = HealthCheckResponse.named("rights on Kafka")
                    .status(running != null && running.rights().isReady());
            if (running != null) {
                running.rights().shown().forEach(answer::withData);
            }
            return answer.build();
        };
    }

    private HealthCheckResponse health(String name, Predicate<Evaluators> isUp) {
        Evaluators running = evaluators;
        var answer = HealthCheckResponse.named(name).status(running != null && isUp.test(running));
        String problem = running == null ? null : running.problem();
        return problem == null
                ? answer.build()
                : answer.withData("problem", problem).build();
    }
}
