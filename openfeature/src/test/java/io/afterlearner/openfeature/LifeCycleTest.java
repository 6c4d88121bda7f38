package io.afterlearner.openfeature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EventDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.ProviderState;
import dev.openfeature.sdk.exceptions.FatalError;
import dev.openfeature.sdk.exceptions.GeneralError;
import dev.openfeature.sdk.exceptions.OpenFeatureError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application hears of its provider, through the OpenFeature SDK. The timeouts limit the waits. */
@Timeout(60)
class LifeCycleTest {
    private static final String DOMAIN = "life";
    private static final Duration SOON = Duration.ofMillis(5);

    private final FakeStudy study = new FakeStudy();
    private final AfterLearnerProvider provider =
            new AfterLearnerProvider(flag -> study, Duration.ZERO, SOON, List.of(FakeStudy.FLAG));
    private final Client client = OpenFeatureAPI.getInstance().getClient(DOMAIN);
    private final BlockingQueue<EventDetails> heard = new LinkedBlockingQueue<>();

    @AfterEach
    void disconnect() {
        OpenFeatureAPI.getInstance().shutdown();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(2);
        }
    }

    @Test
    void kafkaAwayIsStaleUntilItIsBack() throws Exception {
        client.onProviderStale(heard::add);
        OpenFeatureAPI.getInstance().setProviderAndWait(DOMAIN, provider);
        assertEquals(ProviderState.READY, client.getProviderState());
        study.current = false;
        assertTrue(heard.take().getMessage().contains("Kafka does not answer"));
        await(() -> client.getProviderState() == ProviderState.STALE);
        study.current = true;
        await(() -> client.getProviderState() == ProviderState.READY);
    }

    @Test
    void aDeletedStudyAndAMissingRightAreErrorsThatSayWhatToDo() throws Exception {
        client.onProviderError(heard::add);
        OpenFeatureAPI.getInstance().setProviderAndWait(DOMAIN, provider);
        study.champion = OptionalLong.empty();
        assertTrue(heard.take().getMessage().contains("was deleted; give an id"));
        study.champion = OptionalLong.of(3);
        study.missing = List.of("the right to WRITE is missing");
        assertEquals("the right to WRITE is missing", heard.take().getMessage());
        await(() -> client.getProviderState() == ProviderState.ERROR);
        assertEquals(0.75, client.getDoubleValue("ranking.threshold", 9.0, new ImmutableContext("ann")));
    }

    @Test
    void anotherChampionIsAChangedConfiguration() throws Exception {
        client.onProviderConfigurationChanged(heard::add);
        OpenFeatureAPI.getInstance().setProviderAndWait(DOMAIN, provider);
        study.champion = OptionalLong.of(7);
        assertEquals(
                List.of("ranking", "ranking.depth", "ranking.threshold", "ranking.weights"),
                heard.take().getFlagsChanged());
        assertEquals(ProviderState.READY, client.getProviderState());
    }

    @Test
    void aStudyThatIsUnknownAtTheStartIsAnErrorUntilItIsKnown() throws Exception {
        study.champion = OptionalLong.empty();
        study.current = false;
        study.failure = "topic afterlearner.arms does not exist";
        OpenFeatureError error = assertThrows(
                GeneralError.class, () -> OpenFeatureAPI.getInstance().setProviderAndWait(DOMAIN, provider));
        assertTrue(
                String.valueOf(error.getMessage())
                        .contains("Kafka has not answered yet (topic afterlearner.arms does not exist); check"),
                error.getMessage());
        assertEquals(ProviderState.ERROR, client.getProviderState());
        assertEquals(0.5, client.getDoubleValue("ranking.threshold", 9.0, new ImmutableContext("ann")));
        study.champion = OptionalLong.of(3);
        study.current = true;
        await(() -> client.getProviderState() == ProviderState.READY);
    }

    @Test
    void refusedCredentialsAreFatalUntilTheyAreAccepted() throws Exception {
        study.champion = OptionalLong.empty();
        study.current = false;
        study.refused = true;
        study.missing = List.of("the credentials are not accepted");
        OpenFeatureError error = assertThrows(
                FatalError.class, () -> OpenFeatureAPI.getInstance().setProviderAndWait(DOMAIN, provider));
        assertEquals("the credentials are not accepted", error.getMessage());
        assertEquals(ProviderState.FATAL, client.getProviderState());
        assertEquals(9.0, client.getDoubleValue("ranking.threshold", 9.0, new ImmutableContext("ann")));
        study.refused = false;
        study.missing = List.of();
        study.champion = OptionalLong.of(3);
        study.current = true;
        await(() -> client.getProviderState() == ProviderState.READY);
    }

    @Test
    void settingsThatOnlyTheConnectionRefusesAreFatalToo() {
        study.champion = OptionalLong.empty();
        study.current = false;
        study.refused = true;
        study.failure = "no such address";
        OpenFeatureError error = assertThrows(
                FatalError.class, () -> OpenFeatureAPI.getInstance().setProviderAndWait(DOMAIN, provider));
        assertEquals("cannot connect to Kafka with these settings: no such address; correct them", error.getMessage());
    }

    /** The SDK serves nothing of a provider that is fatal. */
    @Test
    void whatGoesWrongLaterIsNotFatal() throws Exception {
        client.onProviderError(heard::add);
        OpenFeatureAPI.getInstance().setProviderAndWait(DOMAIN, provider);
        study.missing = List.of("the credentials are not accepted");
        study.refused = true;
        assertEquals("the credentials are not accepted", heard.take().getMessage());
        await(() -> client.getProviderState() == ProviderState.ERROR);
        assertEquals(0.75, client.getDoubleValue("ranking.threshold", 9.0, new ImmutableContext("ann")));
    }

    @Test
    void aFlagThatDoesNotDescribeItsStudyIsFatal() {
        study.arms =
                Optional.of(FakeStudy.described().setMetrics(List.of("clicks")).build());
        OpenFeatureError error = assertThrows(
                FatalError.class, () -> OpenFeatureAPI.getInstance().setProviderAndWait(DOMAIN, provider));
        assertTrue(String.valueOf(error.getMessage()).contains("tracks [click, revenue]"), error.getMessage());
    }

    /** Otherwise it would be ready, and drop each exposure. */
    @Test
    void itIsNotReadyBeforeItsRightsAreKnown() throws Exception {
        study.rightsKnown = false;
        AfterLearnerProvider patient =
                new AfterLearnerProvider(flag -> study, Duration.ofMinutes(1), SOON, List.of(FakeStudy.FLAG));
        OpenFeatureAPI.getInstance().setProvider(DOMAIN, patient);
        Thread.sleep(50);
        assertEquals(ProviderState.NOT_READY, client.getProviderState());
        study.missing = List.of("the right to WRITE is missing");
        study.rightsKnown = true;
        await(() -> client.getProviderState() == ProviderState.ERROR);
    }

    @Test
    void settingsThatNoClientTakesAreFatal() {
        FakeStudy opened = new FakeStudy();
        StudyFlag other = StudyFlag.of("other", "other-1").group("a", 0);
        AfterLearnerProvider wrong = new AfterLearnerProvider(
                flag -> {
                    if (flag == other) {
                        throw new IllegalArgumentException("security.protocol is none");
                    }
                    return opened;
                },
                Duration.ZERO,
                SOON,
                List.of(FakeStudy.FLAG, other));
        OpenFeatureError error = assertThrows(
                OpenFeatureError.class, () -> OpenFeatureAPI.getInstance().setProviderAndWait(DOMAIN, wrong));
        assertEquals(ErrorCode.PROVIDER_FATAL, error.getErrorCode());
        assertTrue(opened.closed);
        assertEquals(
                ErrorCode.PROVIDER_FATAL,
                client.getDoubleDetails("other.a", 9.0, new ImmutableContext("ann"))
                        .getErrorCode());
    }

    @Test
    void beforeItIsInitializedNothingIsServed() {
        assertEquals(
                ErrorCode.PROVIDER_NOT_READY,
                provider.getDoubleEvaluation("ranking.threshold", 9.0, new ImmutableContext("ann"))
                        .getErrorCode());
    }

    @Test
    void shuttingDownClosesTheStudiesForGood() throws Exception {
        OpenFeatureAPI.getInstance().setProviderAndWait(DOMAIN, provider);
        assertEquals(5, provider.dropped());
        OpenFeatureAPI.getInstance().shutdown();
        await(() -> study.closed);
        assertThrows(OpenFeatureError.class, () -> provider.initialize(new ImmutableContext()));
    }
}
