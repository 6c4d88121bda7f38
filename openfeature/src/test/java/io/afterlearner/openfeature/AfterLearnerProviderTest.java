package io.afterlearner.openfeature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.openfeature.sdk.Client;
import dev.openfeature.sdk.ErrorCode;
import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.FlagEvaluationDetails;
import dev.openfeature.sdk.ImmutableContext;
import dev.openfeature.sdk.MutableTrackingEventDetails;
import dev.openfeature.sdk.OpenFeatureAPI;
import dev.openfeature.sdk.Value;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An application that uses the OpenFeature SDK evaluates flags and tracks events. */
class AfterLearnerProviderTest {
    private static final EvaluationContext ANN = new ImmutableContext("ann");
    private static final EvaluationContext NOBODY = new ImmutableContext();
    private static final Duration NEVER = Duration.ofDays(1);

    private final FakeStudy study = new FakeStudy();
    private final AfterLearnerProvider provider =
            new AfterLearnerProvider(flag -> study, Duration.ZERO, NEVER, List.of(FakeStudy.FLAG));
    private Client client;

    @BeforeEach
    void connect() {
        OpenFeatureAPI.getInstance().setProviderAndWait("studies", provider);
        client = OpenFeatureAPI.getInstance().getClient("studies");
    }

    @AfterEach
    void disconnect() {
        OpenFeatureAPI.getInstance().shutdown();
    }

    private ErrorCode failed(FlagEvaluationDetails<?> details) {
        assertNotNull(details.getErrorMessage());
        assertEquals("ERROR", details.getReason());
        assertNull(details.getVariant());
        assertEquals(List.of(), study.exposed, "what is not served is not an exposure");
        return details.getErrorCode();
    }

    @Test
    void aGroupOfOneParameterIsADouble() {
        FlagEvaluationDetails<Double> got = client.getDoubleDetails("ranking.threshold", 9.0, ANN);
        assertEquals(0.75, got.getValue());
        assertEquals("7", got.getVariant());
        assertEquals("SPLIT", got.getReason());
        assertEquals("EXPLORE", got.getFlagMetadata().getString("arm"));
        assertEquals(7, got.getFlagMetadata().getLong("candidate"));
        assertEquals(FakeStudy.STUDY, got.getFlagMetadata().getString("study"));
        assertEquals(List.of("ann-1"), study.exposed);
    }

    @Test
    void aStudyIsAnObjectWithItsGroupsByName() {
        Value all = client.getObjectValue("ranking", new Value(), ANN);
        assertEquals(0.75, all.asStructure().getValue("threshold").asDouble());
        assertEquals(8, all.asStructure().getValue("depth").asDouble());
        assertEquals(
                List.of(1.0, 2.0, 3.0),
                all.asStructure().getValue("weights").asList().stream()
                        .map(Value::asDouble)
                        .toList());
        assertEquals(List.of("ann-1"), study.exposed, "all from one assignment");
    }

    @Test
    void aGroupOfSeveralParametersIsAList() {
        assertEquals(ErrorCode.TYPE_MISMATCH, failed(client.getDoubleDetails("ranking.weights", 9.0, ANN)));
        Value weights = client.getObjectValue("ranking.weights", new Value(), ANN);
        assertEquals(3, weights.asList().size());
    }

    @Test
    void aChoiceIsServedByItsValueRatherThanItsIndex() {
        assertEquals(8, client.getIntegerValue("ranking.depth", 4, ANN));
        assertEquals(8.0, client.getDoubleValue("ranking.depth", 4.0, ANN));
        study.champion = OptionalLong.empty();
        assertEquals(4, client.getIntegerValue("ranking.depth", 2, ANN), "the shipped one");
    }

    @Test
    void onlyAWholeNumberIsAnInteger() {
        assertEquals(ErrorCode.TYPE_MISMATCH, failed(client.getIntegerDetails("ranking.threshold", 9, ANN)));
        study.values = new double[] {0, 0, 0, 3e9, 0};
        assertEquals(ErrorCode.TYPE_MISMATCH, failed(client.getIntegerDetails("ranking.threshold", 9, ANN)));
        study.values = new double[] {0, 0, 0, 4, 0};
        assertEquals(4, client.getIntegerValue("ranking.threshold", 9, ANN));
    }

    @Test
    void noStudyServesATextOrATruthValue() {
        assertEquals(ErrorCode.TYPE_MISMATCH, failed(client.getBooleanDetails("ranking.threshold", true, ANN)));
        assertEquals(ErrorCode.TYPE_MISMATCH, failed(client.getStringDetails("ranking", "", ANN)));
        assertTrue(client.getBooleanValue("ranking.threshold", true, ANN));
    }

    @Test
    void whatCannotBeServedGivesTheDefaultAndSaysWhy() {
        assertEquals(ErrorCode.FLAG_NOT_FOUND, failed(client.getDoubleDetails("ranking.other", 9.0, ANN)));
        FlagEvaluationDetails<Double> nobody = client.getDoubleDetails("ranking.threshold", 9.0, NOBODY);
        assertEquals(ErrorCode.TARGETING_KEY_MISSING, failed(nobody));
        assertEquals(9.0, nobody.getValue());
        EvaluationContext tooLong = new ImmutableContext("x".repeat(257));
        assertEquals(ErrorCode.INVALID_CONTEXT, failed(client.getDoubleDetails("ranking.threshold", 9.0, tooLong)));
        EvaluationContext half = new ImmutableContext("ann\ud83d");
        FlagEvaluationDetails<Double> halved = client.getDoubleDetails("ranking.threshold", 9.0, half);
        assertEquals(ErrorCode.INVALID_CONTEXT, failed(halved));
        assertEquals("the targeting key has half of a surrogate pair; give valid Unicode", halved.getErrorMessage());
        var nameless = provider.getDoubleEvaluation(null, 9.0, ANN);
        assertEquals(ErrorCode.FLAG_NOT_FOUND, nameless.getErrorCode());
        assertEquals(
                "the flag key is null; give one of [ranking, ranking.depth, ranking.threshold, ranking.weights]",
                nameless.getErrorMessage());
    }

    @Test
    void aFlagThatDoesNotDescribeItsStudyIsRefused() {
        study.values = new double[] {0, 0, 0, 0};
        FlagEvaluationDetails<Double> other = client.getDoubleDetails("ranking.threshold", 9.0, ANN);
        assertEquals(ErrorCode.PARSE_ERROR, failed(other));
        assertEquals(9.0, other.getValue());
        assertTrue(other.getErrorMessage().contains("serves 4 values"), other.getErrorMessage());
        study.values = new double[] {0, 0, 0, 0, 3};
        assertEquals(ErrorCode.PARSE_ERROR, failed(client.getDoubleDetails("ranking.threshold", 9.0, ANN)));
    }

    @Test
    void whatDoesNotDescribeTheStudyIsNotServed() {
        study.arms = Optional.of(
                FakeStudy.described().setMetrics(List.of("click", "revenue")).build());
        assertEquals(0.75, client.getDoubleValue("ranking.threshold", 9.0, ANN));
        study.exposed.clear();
        study.arms =
                Optional.of(FakeStudy.described().setMetrics(List.of("click")).build());
        FlagEvaluationDetails<Double> other = client.getDoubleDetails("ranking.threshold", 9.0, ANN);
        assertEquals(ErrorCode.PARSE_ERROR, failed(other));
        assertEquals(9.0, other.getValue());
        assertTrue(other.getErrorMessage().startsWith("flag ranking tracks [revenue]"), other.getErrorMessage());
    }

    @Test
    void whileTheStudyIsUnknownTheShippedValuesAreServedByDefault() {
        study.champion = OptionalLong.empty();
        FlagEvaluationDetails<Double> got = client.getDoubleDetails("ranking.threshold", 9.0, ANN);
        assertEquals(0.5, got.getValue());
        assertEquals("DEFAULT", got.getReason());
        client.track("click", ANN);
        assertEquals(List.of(), study.reports);
        assertEquals(1, provider.untracked());
    }

    @Test
    void withKafkaAwayTheReasonSaysSo() {
        study.current = false;
        assertEquals(
                "STALE", client.getDoubleDetails("ranking.threshold", 9.0, ANN).getReason());
    }

    @Test
    void aTrackedEventIsReportedForWhatTheUnitGotLast() {
        client.getDoubleValue("ranking.threshold", 9.0, ANN);
        client.getDoubleValue("ranking.threshold", 9.0, ANN);
        client.getDoubleValue("ranking.threshold", 9.0, new ImmutableContext("bob"));
        client.track("click", ANN);
        client.track("revenue", ANN, new MutableTrackingEventDetails(12.5).add("id", "order 1"));
        client.track("revenue", ANN, new MutableTrackingEventDetails(3).add("id", 17));
        assertEquals(List.of("ann-2 click 1.0", "ann-2 revenue 12.5 order 1", "ann-2 revenue 3.0 17"), study.reports);
        assertEquals(0, provider.untracked());
    }

    @Test
    void anEventThatCannotBeReportedIsCounted() {
        client.track("click");
        client.track("click", ANN);
        client.getDoubleValue("ranking.threshold", 9.0, ANN);
        client.track("revenue", ANN, new MutableTrackingEventDetails(Double.NaN));
        client.track("page view", ANN);
        assertEquals(List.of(), study.reports);
        assertEquals(3, provider.untracked(), "an event that is no metric of a study is none of its business");
    }

    @Test
    void idsHaveTheRulesOfTheRestApi() {
        client.getDoubleValue("ranking.threshold", 9.0, ANN);
        for (String id : List.of("", "x".repeat(65), "half \ud83d")) {
            client.track("click", ANN, new MutableTrackingEventDetails(1).add("id", id));
        }
        assertEquals(List.of(), study.reports);
        assertEquals(3, provider.untracked());
        client.track("click", ANN, new MutableTrackingEventDetails(1).add("id", "ok"));
        assertEquals(List.of("ann-1 click 1.0 ok"), study.reports);
    }

    @Test
    void anEventMaySayThatAUnitMetWhatItWasServed() {
        AfterLearnerProvider apart = new AfterLearnerProvider(
                flag -> study, Duration.ZERO, NEVER, List.of(FakeStudy.FLAG.exposedBy("page shown")));
        OpenFeatureAPI.getInstance().setProviderAndWait("apart", apart);
        Client pages = OpenFeatureAPI.getInstance().getClient("apart");
        String token = pages.getDoubleDetails("ranking.threshold", 9.0, ANN)
                .getFlagMetadata()
                .getString("token");
        assertEquals(List.of(), study.exposed, "it is served, and may never be shown");
        pages.track("page shown", ANN);
        pages.track("page shown", NOBODY, new MutableTrackingEventDetails().add("token", token));
        assertEquals(List.of("by token ann-1", "by token ann-1"), study.exposed);
        assertEquals(List.of(), study.reports, "it is no metric");
        pages.track("page shown", new ImmutableContext("bob"));
        assertEquals(1, apart.untracked());
    }

    @Test
    void anotherProcessTracksWithTheTokenOfTheEvaluation() {
        String token = client.getDoubleDetails("ranking.threshold", 9.0, ANN)
                .getFlagMetadata()
                .getString("token");
        client.track("click", NOBODY, new MutableTrackingEventDetails(2).add("token", token));
        client.track("click", ANN, new MutableTrackingEventDetails(2).add("token", "forged"));
        assertEquals(List.of("ann-1 click 2.0"), study.reports);
        assertEquals(1, provider.untracked());
    }

    @Test
    void onlySoManyAssignmentsAreRemembered() {
        Latest latest = new Latest(3);
        IntStream.range(0, 5).forEach(i -> latest.put(FakeStudy.FLAG, "unit " + i, study.draw("unit " + i)));
        assertEquals(
                List.of(false, false, true, true, true),
                IntStream.range(0, 5)
                        .mapToObj(i -> latest.of(FakeStudy.FLAG, "unit " + i).isPresent())
                        .toList());
    }
}
