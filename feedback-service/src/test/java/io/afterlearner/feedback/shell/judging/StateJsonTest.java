package io.afterlearner.feedback.shell.judging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import io.afterlearner.feedback.Specs;
import io.afterlearner.feedback.core.exposure.Arm;
import io.afterlearner.feedback.core.exposure.Attribution;
import io.afterlearner.feedback.core.exposure.TrackedExposure;
import io.afterlearner.feedback.core.exposure.TrackedExposure.Report;
import io.afterlearner.feedback.core.judge.Contest;
import io.afterlearner.feedback.core.judge.Input;
import io.afterlearner.feedback.core.judge.Judge;
import io.afterlearner.feedback.core.judge.OnlineState;
import io.afterlearner.feedback.core.metric.Tally;
import io.afterlearner.feedback.core.statistics.LogHistogram;
import io.afterlearner.feedback.core.statistics.Moments;
import io.afterlearner.feedback.core.statistics.Pairs;
import io.afterlearner.feedback.core.statistics.Range;
import io.afterlearner.feedback.shell.JudgingPlans;
import io.afterlearner.feedback.shell.StateJson;
import io.afterlearner.feedback.shell.judging.StudyRegistry.JudgedStudy;
import io.afterlearner.feedback.shell.ripening.RipenedExposures;
import io.afterlearner.schemas.Aggregate;
import io.afterlearner.schemas.OnlineSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StateJsonTest {
    private static final long SEED = 5;

    @Test
    void aDecodedStudyEqualsTheEncodedOneAtEachStep() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        OnlineSpec online = Specs.online(1_000, 50, 0, List.of());
        // Clicks of one exposure are summed up: their cap is known after 100 of control.
        online.getMetric().put("aggregate", Aggregate.SUM);
        online.getMetric().put("high", 9.0);
        online.getMetric().put("winsorise", 0.9);
        List<Attribution> credits = JudgingPlans.attributions(online);
        OnlineState state = begun(online);
        boolean duelled = false;
        for (int i = 1; i < 3_000; i++) {
            state = Judge.step(state, input(i, random, credits)).state();
            duelled |= state.contest().duel() != null;
            assertDecodedEqualsEncoded(state, i);
        }
        assertFalse(state.trials().isEmpty() && state.waiting().isEmpty());
        assertTrue(duelled);
        assertNotNull(state.calibration().cap());
    }

    @Test
    void soDoesOneWhoseCandidatesAreToldEarly() {
        System.out.println("seed " + SEED);
        Random random = new Random(SEED);
        OnlineSpec online = Specs.online(1_000, 50, 0, List.of());
        online.put("tellAfterMillis", 100L);
        online.put("guardrails", List.of());
        List<Attribution> credits = JudgingPlans.attributions(online);
        OnlineState state = begun(online);
        boolean late = false;
        boolean provisional = false;
        for (int i = 1; i < 3_000; i++) {
            Input input = input(i, random, credits);
            if (input instanceof Input.Ripened whole) {
                Input.Ripened early =
                        new Input.Ripened(i, whole.arm(), whole.number(), i, whole.client(), true, whole.totals());
                state = Judge.step(state, early).state();
            }
            state = Judge.step(state, input).state();
            late |= !state.late().isEmpty();
            provisional |= state.contest().shortlist().stream().anyMatch(Contest.Contender::provisional);
            assertDecodedEqualsEncoded(state, i);
        }
        assertTrue(late && provisional);
    }

    private static OnlineState begun(OnlineSpec online) {
        return Judge.begin(JudgingPlans.plan(Specs.study("s", online), online), 1)
                .state();
    }

    private static void assertDecodedEqualsEncoded(OnlineState state, int step) {
        JudgedStudy study = new JudgedStudy(state, "salt", List.of("a", "b"));
        assertEquals(study, JudgedStudy.JSON.decode(JudgedStudy.JSON.encode(study)), "step " + step);
    }

    private static Input input(long at, Random random, List<Attribution> credits) {
        long candidate = at / 150;
        if (at % 150 == 1) {
            return new Input.Arrived(at, candidate, List.of(random.nextGaussian()), Long.MAX_VALUE);
        }
        if (at % 150 == 149) {
            return new Input.Recommended(at, Math.max(1, candidate - 2), List.of(random.nextGaussian()));
        }
        Arm arm = List.of(Arm.CONTROL, Arm.CHAMPION, Arm.EXPLORE).get(random.nextInt(3));
        long number = arm == Arm.EXPLORE ? Math.max(0, candidate - random.nextInt(2)) : 0;
        List<Report> reports = random.nextDouble() < 0.1 * (1 + number % 8)
                ? List.of(new Report("a", "click", 1), new Report("b", "latency", 100 * random.nextDouble()))
                : List.of(new Report("b", "latency", 1e-9));
        return new Input.Ripened(at, arm, number, at, "shop", Attribution.totals(credits, reports));
    }

    /** A change of the stored format needs a new file, and a way to convert running studies. */
    @Test
    void theStateOfARunningStudyStaysReadable() throws IOException {
        try (InputStream stored = Objects.requireNonNull(getClass().getResourceAsStream("/judged-study.json"))) {
            byte[] bytes = stored.readAllBytes();
            JudgedStudy study = JudgedStudy.JSON.decode(bytes);
            assertEquals(2, study.state().serving().champion().number());
            assertEquals(
                    new String(bytes, StandardCharsets.UTF_8),
                    new String(JudgedStudy.JSON.encode(study), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aTallyIsWrittenWithItsPairsOnlyIfItHasSome() {
        StateJson<Tally> json = new StateJson<>(new TypeReference<>() {});
        Moments sums = Moments.of(0.5, new Range(0, 1));
        Tally plain = Tally.of(sums, LogHistogram.NONE);
        Tally paired = new Tally(sums, LogHistogram.NONE, Pairs.of(0.5, 0.25));
        assertFalse(new String(json.encode(plain), StandardCharsets.UTF_8).contains("pairs"));
        assertTrue(new String(json.encode(paired), StandardCharsets.UTF_8)
                .contains("\"pairs\":{\"count\":1,\"own\":0.5,\"sum\":0.25,\"squares\":0.0625,\"products\":0.125}"));
        assertEquals(plain, json.decode(json.encode(plain)));
        assertEquals(paired, json.decode(json.encode(paired)));
    }

    @Test
    void aDecodedExposureEqualsTheEncodedOne() {
        StateJson<TrackedExposure> json = new StateJson<>(new TypeReference<>() {});
        TrackedExposure assigned = new TrackedExposure(
                "s",
                42,
                Arm.EXPLORE,
                7,
                1,
                1,
                "shop",
                9,
                5,
                3,
                0.25,
                List.of(new Report("a", "click", 0.1), new Report("b", "x", -0.0)));
        TrackedExposure back = json.decode(json.encode(assigned));
        assertEquals(assigned, back);
        assertNotNull(back.reports());
    }

    /** Instances of two versions share the stores and the topic between ripening and judging: docs/upgrading.md. */
    @Test
    void exposuresAreWrittenAsEarlierVersionsDid() {
        StateJson<TrackedExposure> stored = new StateJson<>(new TypeReference<>() {});
        TrackedExposure assigned = new TrackedExposure(
                "s", 42, Arm.EXPLORE, 7, 1, 1, "shop", 2, 0, 3, -1, List.of(new Report("a", "click", 0.5)));
        String tracked =
                "{'study':'s','incarnation':42,'arm':'EXPLORE','number':7,'assignedAtMillis':1,'drawnAtMillis':1,'client':'shop',"
                        + "'expiresAtMillis':2,'earlyAtMillis':0,'countedAsOfMillis':3,'past':-1.0,'reports':[{'id':'a','metric':'click','value':0.5}]}";
        assertEquals(tracked.replace('\'', '"'), new String(stored.encode(assigned), StandardCharsets.UTF_8));
        Attribution clicks =
                JudgingPlans.attributions(Specs.online(1_000, 50, 0, List.of())).get(0);
        RipenedExposures ripe = new RipenedExposures(
                42, Arm.EXPLORE, 7, 1, "shop", false, Attribution.totals(List.of(clicks), assigned.reports()));
        String counted =
                "[{'incarnation':42,'arm':'EXPLORE','number':7,'drawnAtMillis':1,'client':'shop','early':false,'worth':{'exposures':1,'tallies':[{'sums':"
                        + "{'count':1,'sum':1.0,'squares':1.0,'clipped':0},'bins':{'bins':[],'counts':[]}}],'reported':[1],'valued':[1]}}]";
        assertEquals(
                counted.replace('\'', '"'),
                new String(RipenedExposures.JSON.encode(List.of(ripe)), StandardCharsets.UTF_8));
    }

    @Test
    void anExposureOfAnOlderVersionHasNoIncarnation() {
        StateJson<TrackedExposure> json = new StateJson<>(new TypeReference<>() {}, Map.of("incarnation", 0L));
        TrackedExposure open = TrackedExposure.open("s", 0, Arm.EXPLORE, 7, 1, 1, "", 2);
        String older = new String(json.encode(open), StandardCharsets.UTF_8).replace("\"incarnation\":0,", "");
        assertEquals(open, json.decode(older.getBytes(StandardCharsets.UTF_8)));
    }

    /** Unknown fields are not dropped, and missing ones get no default. */
    @Test
    void stateOfAnIncompatibleVersionIsRejected() {
        StateJson<Report> json = new StateJson<>(new TypeReference<>() {});
        String ours = new String(json.encode(new Report("a", "click", 1)), StandardCharsets.UTF_8);
        for (String other : List.of(
                ours.replace("{", "{\"colour\":\"red\","),
                ours.replace(",\"value\":1.0", ""),
                ours.replace("\"metric\":\"click\",", ""),
                ours.replace("1.0", "null"),
                ours.substring(1))) {
            assertNotEquals(ours, other);
            byte[] bytes = other.getBytes(StandardCharsets.UTF_8);
            assertThrows(IllegalStateException.class, () -> json.decode(bytes), other);
        }
    }
}
