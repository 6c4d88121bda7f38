package io.afterlearner.optimizer.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A study that is told results in the order of their numbers does the same at any timing. */
class TellOrderTest {
    private static final String[] ALGORITHMS = {
        "auto", "RandomSearch", "OnePlusOne", "DiagonalCMA", "CMA", "QuadraticRegression", "DE", "PSO"
    };

    static LongStream seeds() {
        return LongStream.range(0, 150);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSameStudyGivesTheSameResultBitForBitAtAnyTiming(long seed) {
        RunPlan plan = TestStudy.byNumber(plan(seed));
        String inTurn = new Timing(plan, seed, -1).run();
        for (long timing = 0; timing < 4; timing++) {
            assertEquals(inTurn, new Timing(plan, seed, timing).run(), "seed " + seed + ", timing " + timing);
        }
    }

    @Test
    void theOrderOfArrivalGivesAnotherResultAtAnotherTiming() {
        RunPlan plan = TestStudy.plan("OnePlusOne", 60, 8, 3);
        assertNotEquals(new Timing(plan, 3, -1).run(), new Timing(plan, 3, 1).run());
    }

    @Test
    void aResultBeforeItsTurnWaitsAndNothingMoreThanParallelismIsAsked() {
        TestStudy study = new TestStudy(TestStudy.byNumber(TestStudy.plan("OnePlusOne", 20, 4, 1)));
        study.tell(2, 0.5);
        study.tell(1, 0.7);
        study.tell(3, 0.1);
        assertEquals(4, study.all(Event.Asked.class).size());
        assertEquals(3, study.standing().told());
        assertEquals(0, study.standing().number());
        study.tell(0, 1);
        assertEquals(8, study.all(Event.Asked.class).size());
        assertEquals(3, study.standing().number());
    }

    @Test
    void aCandidateThatExpiresLetsTheOthersTakeTheirTurn() {
        TestStudy study = new TestStudy(TestStudy.byNumber(TestStudy.plan("OnePlusOne", 20, 4, 1)));
        study.tell(0, 1);
        study.nowMillis = TestStudy.WAIT_MILLIS / 2;
        List.of(2L, 3L, 4L).forEach(number -> study.tell(number, 0.5));
        assertEquals(List.of(1L), study.outstanding());
        study.tickAt(TestStudy.WAIT_MILLIS + 1);
        assertEquals(List.of(5L, 6L, 7L, 8L), study.outstanding());
        assertEquals(1, study.standing().expired());
    }

    @Test
    void aStudyThatIsStoppedHearsWhatItWasTold() {
        TestStudy study = new TestStudy(TestStudy.byNumber(TestStudy.plan("OnePlusOne", 20, 4, 1)));
        study.tell(0, 1);
        study.tell(3, 0.2);
        study.order(Input.Action.STOP);
        assertEquals(3, study.standing().number());
    }

    private static RunPlan plan(long seed) {
        Random random = new Random(seed);
        String algorithm = ALGORITHMS[random.nextInt(ALGORITHMS.length)];
        RunPlan plan = TestStudy.plan(algorithm, 1 + random.nextInt(80), 1 + random.nextInt(16), seed);
        return random.nextInt(3) == 0 ? TestStudy.online(plan) : plan;
    }

    /** Evaluators that answer each candidate in the same way, at a time of their own; and kills. */
    private static final class Timing {
        private final RunPlan plan;
        private final long seed;
        private final Random random;
        private final boolean inTurn;
        private final List<Event> log = new ArrayList<>();
        private final List<Input> flying = new ArrayList<>();
        private StudyState state;

        /** @param timing -1 answers in turn, without faults */
        Timing(RunPlan plan, long seed, long timing) {
            this.plan = plan;
            this.seed = seed;
            this.inTurn = timing < 0;
            this.random = new Random(seed * 31 + timing);
            this.state = new StudyState(plan, TextFailure.FAILURES);
        }

        String run() {
            Decider.begin(state, null, 1, this::happened);
            while (!state.status().hasEnded()) {
                int next = inTurn ? 0 : random.nextInt(flying.size());
                Input input = flying.remove(next);
                Decider.drive(state, input, this::happened);
                if (!inTurn && random.nextInt(6) == 0) {
                    Decider.drive(state, input, this::happened);
                }
                if (!inTurn && random.nextInt(10) == 0) {
                    killed();
                }
                pausedAtTimes();
                assertTrue(state.outstanding.size() <= plan.parallelism());
            }
            return history();
        }

        private void killed() {
            StudyState replayed = new StudyState(plan, TextFailure.FAILURES);
            log.forEach(replayed::apply);
            replayed.restore(state.bookkeeping());
            assertEquals(TestStudy.seen(state), TestStudy.seen(replayed), "replayed, seed " + seed);
            state = replayed;
        }

        private void pausedAtTimes() {
            if (!inTurn && random.nextInt(20) == 0) {
                order(Input.Action.PAUSE);
                for (int i = random.nextInt(3); i > 0 && flying.size() > 1; i--) {
                    Decider.drive(state, flying.remove(random.nextInt(flying.size())), this::happened);
                }
                order(Input.Action.RESUME);
            }
        }

        private void order(Input.Action action) {
            String id = action + " " + log.size();
            Decider.drive(state, new Input.Order(1, id, "op", action, 0, new double[0], null), this::happened);
        }

        private void happened(Event event) {
            log.add(event);
            if (event instanceof Event.Asked asked) {
                flying.add(answer(asked));
            }
        }

        /** A function of the candidate alone: a loss, a failure, or no number. */
        private Input answer(Event.Asked asked) {
            Random own = new Random(seed * 1_000 + asked.number());
            int dice = own.nextInt(seed % 10 == 0 ? 3 : 12);
            if (dice == 0 && (asked.number() > 0 || seed % 20 == 0)) {
                return new Input.Unmeasured(1, asked.number(), new TextFailure("no " + asked.number()), "e", 1);
            }
            double loss = Arrays.stream(asked.values())
                            .map(x -> (x - 0.3) * (x - 0.3))
                            .sum()
                    + own.nextInt(3) / 10.0;
            double told = dice == 1 && asked.number() > 0 ? Double.NaN : loss;
            return new Input.Measured(1, asked.number(), told, 0.1, 1, "e", 1);
        }

        /** Every candidate with its values and how it ended, by number, and the study's end. */
        private String history() {
            TreeMap<Long, String> candidates = new TreeMap<>();
            log.forEach(event -> {
                if (event instanceof Event.Asked e) {
                    candidates.put(e.number(), bits(e.values()));
                } else if (event instanceof Event.Told e) {
                    candidates.merge(e.number(), " told " + Double.toHexString(e.loss()), String::concat);
                } else if (event instanceof Event.Failed e) {
                    candidates.merge(e.number(), " failed " + e.failure(), String::concat);
                } else if (event instanceof Event.Expired e) {
                    candidates.merge(e.number(), " expired", String::concat);
                }
            });
            Standing end = state.standing();
            return candidates.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n")) + "\n"
                    + end.status() + " " + end.reason() + " " + end.number() + " " + end.loss() + " " + end.told()
                    + " " + end.failed() + " " + end.expired() + " " + end.learnedNats() + " " + end.explanation();
        }

        private static String bits(double[] values) {
            return IntStream.range(0, values.length)
                    .mapToObj(i -> Double.toHexString(values[i]))
                    .collect(Collectors.joining(" "));
        }
    }
}
