package io.afterlearner.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.exceptions.FatalError;
import dev.openfeature.sdk.exceptions.OpenFeatureError;
import io.afterlearner.client.Keys;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.openfeature.AfterLearnerProvider;
import io.afterlearner.openfeature.StudyFlag;
import io.afterlearner.schemas.Fitness;
import io.afterlearner.schemas.Measured;
import io.afterlearner.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application that knows only OpenFeature. */
class OpenFeatureIT {
    private static final String STUDY = "flagged";
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int USERS = 500;

    @Test
    void whatItEvaluatesIsServedAndWhatItTracksBecomesTheFitness(@TempDir Path directory) throws Exception {
        try (TestedService service = new TestedService(directory)) {
            service.create(STUDY, WINDOW.toMillis(), 60);
            service.ask(STUDY, 0, 0.0);
            service.ask(STUDY, 1, 0.5);
            StudyFlag begun = StudyFlag.of("ranking", STUDY);
            refused(
                    service,
                    begun.group("w", 0).metrics("clicks"),
                    "tracks [clicks], and study flagged measures [click, latency]");
            refused(
                    service,
                    begun.group("w", 1).metrics("click"),
                    "has the shipped value 1.0, and study flagged has 0.0");
            refused(service, begun.group("a", 0).group("w", 0), "describes a (1), w (1), and study flagged has w (1)");
            AfterLearnerProvider provider =
                    provider(service, begun.group("w", 0).metrics("click", "latency"));
            OpenFeatureAPI.getInstance().setProviderAndWait(provider);
            int met = meet(OpenFeatureAPI.getInstance().getClient());
            OpenFeatureAPI.getInstance().shutdown();
            assertTrue(met >= 60, met + " met the candidate");
            assertEquals(0, provider.untracked());
            assertEquals(0, provider.dropped());

            service.closeWindows(WINDOW);
            service.awaitThat(() -> fitness(service).size() == 2);
            Fitness told = fitness(service).stream()
                    .filter(each -> each.getNumber() == 1)
                    .findFirst()
                    .orElseThrow();
            assertEquals(-1, ((Measured) told.getOutcome()).getLoss(), 0.1, "all who met it clicked, nobody else did");
        }
    }

    private static AfterLearnerProvider provider(TestedService service, StudyFlag flag) {
        return new AfterLearnerProvider(
                Map.of("bootstrap.servers", service.bootstrapServers()),
                Keys.of(ServiceProcess.SECRET, ServiceProcess.UNIT_KEY),
                flag);
    }

    /** A flag that does not describe the study as the service serves it. */
    private static void refused(TestedService service, StudyFlag flag, String problem) {
        OpenFeatureError error = assertThrows(
                FatalError.class, () -> OpenFeatureAPI.getInstance().setProviderAndWait(provider(service, flag)));
        assertTrue(String.valueOf(error.getMessage()).contains(problem), error.getMessage());
    }

    /** Returns how many users met the candidate. */
    private static int meet(Client client) {
        int met = 0;
        for (int i = 0; i < USERS; i++) {
            EvaluationContext user = new ImmutableContext("user-" + i);
            double served = client.getDoubleValue("ranking.w", 9.0, user);
            met += served == 0.5 ? 1 : 0;
            client.track("click", user, new MutableTrackingEventDetails(served > 0 ? 1 : 0));
            client.track("latency", user, new MutableTrackingEventDetails(100 + i % 20));
        }
        return met;
    }

    private static List<Fitness> fitness(TestedService service) {
        return service.read(Topics.FITNESS, STUDY, Fitness.class);
    }
}
