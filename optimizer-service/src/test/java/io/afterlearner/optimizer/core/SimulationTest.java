package io.afterlearner.optimizer.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A study between evaluators and a bus that drop, duplicate and reorder, and a process that crashes; determined by a seed. Evaluators
 * take candidates, are killed, give them back, and lie about it; the time of all of them may be short or long.
 */
class SimulationTest {

    static LongStream seeds() {
        return LongStream.range(0, 120);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyNumberIsToldExactlyOnceFailedOrExpiredWhateverTheBusDoes(long seed) {
        Bus bus = new Bus(seed);
        for (int step = 0; step < 600 && !bus.ended(); step++) {
            bus.step();
        }
        bus.drain();
        assertTrue(bus.ended(), "seed " + seed + ": " + bus.state.standing());
        bus.check();
        assertEquals(0, bus.state.outstanding.size());
    }

    private static final class Bus {
        private static final String[] ALGORITHMS = {
            "auto", "RandomSearch", "OnePlusOne", "DiagonalCMA", "CMA", "QuadraticRegression"
        };

        private final Random random;
        private final List<Event> log = new ArrayList<>();
        private final List<Input> flying = new ArrayList<>();
        private StudyState state;
        private long nowMillis = 1;
        private int orders;

        Bus(long seed) {
            random = new Random(seed);
            String algorithm = ALGORITHMS[random.nextInt(ALGORITHMS.length)];
            RunPlan plan = TestStudy.plan(algorithm, 1 + random.nextInt(80), 1 + random.nextInt(12), seed);
            RunPlan ordered = random.nextBoolean() ? plan : TestStudy.byNumber(plan);
            state = new StudyState(random.nextBoolean() ? ordered : TestStudy.online(ordered), TextFailure.FAILURES);
            Decider.begin(state, null, nowMillis, this::happened);
        }

        boolean ended() {
            return state.status().hasEnded();
        }

        void step() {
            nowMillis += random.nextInt(random.nextInt(20) == 0 ? 60_000 : 60);
            int dice = random.nextInt(100);
            if (dice < 80 && !flying.isEmpty()) {
                put(flying.remove(random.nextInt(flying.size())));
            } else if (dice < 88) {
                put(new Input.Tick(nowMillis));
            } else if (dice < 92) {
                crash();
            } else if (dice < 96) {
                put(order());
            } else if (dice < 98) {
                put(claim(random.nextInt(120) - 10));
            } else {
                put(measured(random.nextInt(120) - 10));
            }
        }

        /** The bus becomes reliable: records in flight arrive, and the remaining candidates expire. */
        void drain() {
            put(new Input.Order(nowMillis, "resume", "op", Input.Action.RESUME, 0, new double[0], null));
            for (int round = 0; round < 2_000 && !ended(); round++) {
                if (flying.isEmpty()) {
                    nowMillis += TestStudy.WAIT_MILLIS;
                    put(new Input.Tick(nowMillis));
                } else {
                    put(flying.remove(0));
                }
            }
        }

        private void put(Input input) {
            Decider.drive(state, input, this::happened);
            check();
        }

        private void happened(Event event) {
            log.add(event);
            if (event instanceof Event.Asked asked) {
                for (int claims = random.nextInt(3); claims > 0; claims--) {
                    flying.add(claim(asked.number()));
                }
            }
            if (event instanceof Event.Asked asked && random.nextInt(10) > 0) {
                flying.add(measured(asked.number()));
                if (random.nextInt(8) == 0) {
                    flying.add(measured(asked.number()));
                }
            }
        }

        /** Of one of three evaluators, about any delivery: also claims that are late, repeated or lies. */
        private Input claim(long number) {
            return new Input.Claimed(
                    nowMillis, number, "e" + random.nextInt(3), 1 + random.nextInt(8), random.nextInt(3) > 0);
        }

        private Input measured(long number) {
            int dice = random.nextInt(20);
            if (dice == 0 && number != 0) {
                return new Input.Unmeasured(nowMillis, number, new TextFailure("no"), "e", 1);
            }
            double loss = dice == 1 && number != 0 ? Double.NaN : random.nextInt(50) / 10.0;
            return new Input.Measured(nowMillis, number, loss, 0.1, 1, "e", 1);
        }

        private Input order() {
            Input.Action[] actions = {
                Input.Action.PAUSE,
                Input.Action.RESUME,
                Input.Action.RESUME,
                Input.Action.EXTEND,
                Input.Action.SUGGEST,
                Input.Action.CENTRE,
                Input.Action.REOPEN
            };
            Input.Action action = actions[random.nextInt(actions.length)];
            double[] values = {random.nextDouble() * 3 - 1.5, 0, 0.5};
            return new Input.Order(
                    nowMillis, "o" + orders++ / 2, "op", action, state.budget + random.nextInt(4) - 1, values, null);
        }

        private void crash() {
            StudyState fresh = new StudyState(state.plan(), TextFailure.FAILURES);
            log.forEach(fresh::apply);
            fresh.restore(state.bookkeeping());
            assertEquals(TestStudy.seen(state), TestStudy.seen(fresh));
            state = fresh;
        }

        void check() {
            Standing now = state.standing();
            assertEquals(now.asked(), now.told() + now.failed() + now.expired() + state.outstanding.size());
            assertEquals(log.size() - 1, now.sequence());
            Set<Long> settled = new HashSet<>();
            for (Event event : log) {
                long number = event instanceof Event.Told told
                        ? told.number()
                        : event instanceof Event.Failed failed
                                ? failed.number()
                                : event instanceof Event.Expired expired ? expired.number() : -1;
                assertTrue(number < 0 || settled.add(number), number + " is settled twice");
            }
            assertEquals(now.told() + now.failed() + now.expired(), settled.size());
            long most = state.plan().waitMillis()
                    + Claims.MAX_TAKEN
                            * (state.plan().heldMillis() + state.plan().waitMillis());
            assertTrue(
                    state.oldestAskedMillis() == Long.MAX_VALUE
                            || state.deadlineMillis() <= state.oldestAskedMillis() + most,
                    "kept for ever");
        }
    }
}
