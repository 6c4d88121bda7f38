package io.afterlearner.feedback.shell.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.client.Assignment;
import io.afterlearner.client.EventId;
import io.afterlearner.client.Secrets;
import io.afterlearner.client.Served;
import io.afterlearner.client.Token;
import io.afterlearner.client.Tokens;
import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.core.judge.Reason;
import io.afterlearner.feedback.shell.OnlineStudy;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.ArmValues;
import io.afterlearner.schemas.Arms;
import io.afterlearner.schemas.ArmsState;
import io.afterlearner.schemas.Covariate;
import io.afterlearner.schemas.Feedback;
import io.afterlearner.schemas.Goal;
import io.afterlearner.schemas.Guardrail;
import io.afterlearner.schemas.Metric;
import io.afterlearner.schemas.OnlineSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Slices of 10 s and a window of 4 s: a slice is asked for from 2 s after its end, and is over 2 s later. */
class StudyQueriesTest {
    private static final long SLICE = 10_000;
    private static final long WINDOW = 4_000;
    private static final long BEGIN = 1_790_000_000_000L;
    private static final Tokens TOKENS = new Tokens(Secrets.of("secrets", List.of("a secret of the tests")));

    private final List<String> asked = new ArrayList<>();
    private final List<Feedback> reports = new ArrayList<>();
    private final Map<String, Answer> answers = new HashMap<>(Map.of("load", new Answer.Value(0.5)));
    private boolean kafka = true;
    private @Nullable Double silence;
    private Served served = new Served(arms(ArmsState.EXPLORING, 1));

    private static Arms arms(ArmsState state, long candidate) {
        return Arms.newBuilder(Specs.arms("s", candidate, 0.5))
                .setState(state)
                .setSliceMillis(SLICE)
                .setWindowMillis(WINDOW)
                .build();
    }

    private StudyQueries queries(String... guardrails) {
        OnlineSpec online = Specs.online(WINDOW, 100, SLICE, List.of());
        online.put("metric", metric("load"));
        online.put(
                "guardrails",
                List.of(guardrails).stream()
                        .map(name -> new Guardrail(metric(name), 1.5))
                        .toList());
        return new StudyQueries(
                OnlineStudy.of(Specs.study("s", online)).orElseThrow(),
                TOKENS,
                (promql, atMillis) -> {
                    asked.add(promql + " at " + (atMillis - BEGIN));
                    return answers.getOrDefault(
                            promql.substring(0, promql.indexOf('[')), new Answer.Empty("no series"));
                },
                report -> {
                    reports.add(report);
                    return kafka;
                });
    }

    private Metric metric(String name) {
        return new Metric(
                name,
                Aggregate.MEAN,
                Goal.MINIMIZE,
                0.0,
                1.0,
                silence,
                name + "[{{slice}}]",
                1.0,
                null,
                Covariate.NONE);
    }

    private boolean measure(StudyQueries queries, long atMillis) throws InterruptedException {
        return queries.measure(served, BEGIN + atMillis);
    }

    /** The slice at the begin has no load. */
    private Optional<Reason.NoAnswer> missing(String why) {
        Assignment slice = served.assignSlice(BEGIN, true);
        var arm = io.afterlearner.feedback.core.exposure.Arm.valueOf(slice.arm().name());
        return Optional.of(new Reason.NoAnswer("load", why, arm, slice.number(), BEGIN));
    }

    @Test
    void aSliceIsMeasuredOnceWhenItIsOver() throws Exception {
        StudyQueries queries = queries();
        measure(queries, SLICE + 1_999);
        asked.clear();
        reports.clear();
        measure(queries, SLICE + 2_000);
        measure(queries, SLICE + 3_000);

        assertEquals(List.of("load[10000ms] at 10000"), asked);
        Feedback report = reports.get(0);
        Token token = TOKENS.read(report.getToken());
        assertEquals(served.assignSlice(BEGIN, true).id(), report.getAssignment());
        assertEquals(report.getAssignment(), token.assignment());
        assertEquals(BEGIN, token.assignedAtMillis());
        assertEquals(0.5, report.getValue());
        assertEquals(EventId.of("promql"), report.getId(), "the same in every process");
        assertTrue(report.getAtMillis() < token.expiresAtMillis());
        assertEquals(Optional.empty(), queries.problem());
    }

    @Test
    void afterARestartTheSameReportIsSentAgain() throws Exception {
        measure(queries(), SLICE + 2_000);
        List<Feedback> before = List.copyOf(reports);
        reports.clear();
        measure(queries(), SLICE + 2_000);
        assertEquals(before, reports);
        assertFalse(before.isEmpty());
    }

    @Test
    void withoutAnAnswerASliceIsAskedForAgainUntilItIsOver() throws Exception {
        StudyQueries queries = queries();
        answers.put("load", new Answer.Unreachable("away"));
        assertFalse(measure(queries, SLICE + 2_000));
        int once = asked.size();
        assertTrue(measure(queries, SLICE + 3_000), "not yet again");
        assertEquals(once, asked.size());
        assertFalse(queries.isKnown(), "it may still come");
        assertFalse(measure(queries, SLICE + 2_000 + StudyQueries.RETRY_MILLIS));
        assertEquals(missing("away"), queries.problem());

        answers.put("load", new Answer.Value(0.25));
        assertTrue(measure(queries, 2 * SLICE + 2_000));
        assertEquals(Optional.empty(), queries.problem());
        assertEquals(
                List.of(0.25),
                reports.stream().map(Feedback::getValue).distinct().toList());
    }

    @Test
    void aRefusedQueryDoesNotKeepOthersFromBeingAsked() throws Exception {
        answers.put("load", new Answer.Refused("2 series"));
        answers.put("errors", new Answer.Value(0.1));
        StudyQueries queries = queries("errors");
        assertTrue(measure(queries, SLICE + 4_000));
        assertEquals(
                List.of("errors"),
                reports.stream().map(Feedback::getMetric).distinct().toList());
        assertEquals(missing("2 series"), queries.problem());
    }

    @Test
    void nothingToMeasureIsSilenceIfThatHasAValue() throws Exception {
        answers.put("load", new Answer.Empty("the query answers NaN"));
        StudyQueries without = queries();
        measure(without, SLICE + 4_000);
        assertEquals(List.of(), reports);
        String why = without.problem().orElseThrow().why();
        assertTrue(why.contains("NaN; give silence"), why);

        silence = 0.0;
        measure(queries(), SLICE + 4_000);
        assertEquals(0.0, reports.get(0).getValue());
    }

    @Test
    void aValueThatKafkaDoesNotHaveIsSentAgain() throws Exception {
        kafka = false;
        StudyQueries queries = queries();
        assertFalse(measure(queries, SLICE + 2_000));
        kafka = true;
        measure(queries, SLICE + 2_000 + StudyQueries.RETRY_MILLIS);
        assertTrue(reports.size() >= 2);
        assertEquals(reports.get(0), reports.get(1));
    }

    @Test
    void aSliceOfACandidateThatIsNotServedAnyMoreDoesNotCount() throws Exception {
        long begin = BEGIN;
        while (served.assignSlice(begin, true).arm() != Arm.EXPLORE) {
            begin += SLICE;
        }
        ArmValues next = ArmValues.newBuilder(served.arms().getSlots().get(0))
                .setNumber(2)
                .setSinceMillis(begin + SLICE)
                .build();
        served = new Served(
                Arms.newBuilder(served.arms()).setSlots(List.of(next)).build());
        measure(queries(), begin - BEGIN + SLICE + 2_000);
        long explored = begin;
        assertTrue(reports.stream().noneMatch(r -> r.getAtMillis() > explored && r.getAtMillis() < explored + SLICE));
    }
}
