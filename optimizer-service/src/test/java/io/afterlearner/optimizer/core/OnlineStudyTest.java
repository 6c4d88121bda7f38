package io.afterlearner.optimizer.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.asktell.Space;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A study with a noisy loss whose candidates run in production. */
class OnlineStudyTest {
    private static final double REACH = 0.1 * 2;

    private static TestStudy study(String algorithm, long budget, int parallelism) {
        return new TestStudy(TestStudy.online(TestStudy.plan(algorithm, budget, parallelism, 1)));
    }

    private static double distance(double[] one, double[] other) {
        double greatest = 0;
        for (int i = 0; i < one.length; i++) {
            greatest = Math.max(greatest, Math.abs(one[i] - other[i]));
        }
        return greatest;
    }

    /** Tells all outstanding candidates in order: a bowl around (0.8, 0.8, 0.8), with noise. */
    private static void live(TestStudy study, int tells, Random noise) {
        for (int i = 0; i < tells && !study.outstanding().isEmpty(); i++) {
            long number = study.outstanding().get(0);
            study.tell(number, bowl(study.valuesOf(number)) + 0.3 * noise.nextGaussian());
        }
    }

    private static double bowl(double[] x) {
        return Arrays.stream(x).map(v -> (v - 0.8) * (v - 0.8)).sum();
    }

    @Test
    void candidatesStayWithinTheTrustRegionOfTheChampion() {
        TestStudy study = study("RandomSearch", 100, 4);
        live(study, 40, new Random(1));
        double[] champion = {0.15, 0.2, -0.2};
        study.order("c", Input.Action.CENTRE, 0, champion);
        long before = study.state.asked;
        live(study, 40, new Random(2));

        for (int n = 0; n < study.state.asked; n++) {
            double[] centre = n < before ? new double[3] : champion;
            assertTrue(distance(study.valuesOf(n), centre) <= REACH + 1e-12, "candidate " + n);
        }
        assertEquals(TestStudy.seen(study.state), TestStudy.seen(study.replayed()));
    }

    @Test
    void underNoiseTheRecommendationIsRepeatedAndTheLuckiestIsNotTheIncumbent() {
        TestStudy study = study("QuadraticRegression", 200, 4);
        live(study, 60, new Random(3));
        long lucky =
                study.outstanding().stream().filter(n -> n % 5 != 0).findFirst().orElseThrow();
        study.tell(lucky, -1_000);

        assertTrue(study.standing().number() != lucky, "the lucky one is the incumbent");
        assertEquals(0, study.standing().number() % 5, "only recommended candidates can be the incumbent");
        assertTrue(study.standing().number() > 0, "something is better than the shipped model");
    }

    @Test
    void reopeningDiscardsOldLossesAndSearchesAroundTheChampion() {
        TestStudy study = study("QuadraticRegression", 60, 4);
        live(study, 56, new Random(4));
        double[] champion = {-0.5, -0.5, -0.5};
        study.order("c", Input.Action.CENTRE, 0, champion);
        study.order("r", Input.Action.REOPEN, 0);
        long first = study.all(Event.Change.REOPENED).get(0).budget() - 60;

        assertEquals(0, study.standing().number(), "earlier losses do not count");
        live(study, 30, new Random(5));
        for (long n = first; n < study.state.asked; n++) {
            assertTrue(distance(study.valuesOf(n), champion) <= REACH + 1e-12, "candidate " + n);
        }
        assertEquals(TestStudy.seen(study.state), TestStudy.seen(study.replayed()));
    }

    @Test
    void anOnlineStudyContinuesAfterItsFirstCandidatesAreWithdrawn() {
        TestStudy study = study("QuadraticRegression", 200, 4);
        study.outstanding().forEach(number -> study.fail(number, "the study was reverted"));
        assertEquals(Status.RUNNING, study.state.status());
        assertEquals(0, study.standing().number());

        Random noise = new Random(8);
        for (int i = 0; i < 60; i++) {
            long number = study.outstanding().get(0);
            study.tell(number, bowl(study.valuesOf(number)) - 3 * 0.64 + 0.3 * noise.nextGaussian());
        }
        assertTrue(study.standing().number() > 0, "something is better than the shipped model");
        assertEquals(TestStudy.seen(study.state), TestStudy.seen(study.replayed()));
    }

    @Test
    void failedGuardrailsAndDeadlinesDoNotEndAnOnlineStudy() {
        TestStudy study = study("QuadraticRegression", 100, 4);
        for (int i = 0; i < 2 * Limits.FAILURES_TO_BEGIN_WITH; i++) {
            study.fail(study.outstanding().get(0), "guardrail broken: P95 of latency is 90");
        }
        study.tickAt(1 + TestStudy.TIMEOUT_MILLIS);
        Event.Expired expired = study.all(Event.Expired.class).get(0);
        assertEquals(new TextFailure("expired after 1000 ms in pool default"), expired.failure());
        assertEquals(Status.RUNNING, study.state.status());

        while (!study.outstanding().isEmpty()) {
            study.fail(study.outstanding().get(0), "guardrail broken: P95 of latency is 90");
        }
        assertEquals(Status.FINISHED, study.state.status());
        study.extend(110);
        assertEquals(4, study.state.outstanding.size());
        assertEquals(TestStudy.seen(study.state), TestStudy.seen(study.replayed()));
    }

    @Test
    void aFinishedStudyRunsAgainWhenReopened() {
        TestStudy study = study("OnePlusOne", 5, 2);
        live(study, 5, new Random(6));
        assertEquals(Status.FINISHED, study.state.status());

        study.order("r", Input.Action.REOPEN, 0);

        assertEquals(Status.RUNNING, study.state.status());
        assertEquals(10, study.standing().budget());
        assertEquals(2, study.state.outstanding.size());
    }

    @Test
    void theTrustRegionUsesTheScaleOfEachParameter() {
        Space space = new Space(List.of(
                new Parameter.Real("log", 0.01, 100, true, 1, Double.NaN),
                new Parameter.Real("open", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, 0, 2),
                new Parameter.Int("whole", 0, 5, false, 3, Double.NaN),
                new Parameter.Choice("ordered", 21, true, 10),
                new Parameter.Choice("free", 9, false, 0)));
        double[] far = {100, -50, 5, 0, 8};
        double[] near = new ChampionRegion(space, 0.25).clamped(far, space.initial());

        assertArrayEquals(new double[] {10, -0.5, 4, 5, 8}, near, 1e-9);
        space.check(near);
    }
}
