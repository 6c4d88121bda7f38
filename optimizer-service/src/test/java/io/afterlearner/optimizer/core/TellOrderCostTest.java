package io.afterlearner.optimizer.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What telling in the order of numbers costs: candidates told per second, of slots that evaluate for 100 ms on average, in
 * simulated time. docs/study.md has these figures.
 */
class TellOrderCostTest {
    private static final int BUDGET = 20_000;
    private static final double MEAN_SECONDS = 0.1;

    @ParameterizedTest(name = "{0} slots, parallelism {1}, {2}")
    @CsvSource({
        "1, 1, UNIFORM, 10, 10",
        "1, 1, EXPONENTIAL, 10, 10",
        "64, 64, SAME, 640, 640",
        "64, 64, UNIFORM, 640, 468",
        "64, 64, EXPONENTIAL, 640, 167",
        "64, 128, UNIFORM, 640, 640",
        "64, 128, EXPONENTIAL, 640, 290",
        "64, 256, EXPONENTIAL, 640, 469",
    })
    void toldPerSecond(int slots, int parallelism, Times times, double arrival, double number) {
        RunPlan plan = TestStudy.plan("RandomSearch", BUDGET, parallelism, 1);
        assertEquals(arrival, toldPerSecond(plan, slots, times), 0.05 * arrival, "order: arrival");
        assertEquals(number, toldPerSecond(TestStudy.byNumber(plan), slots, times), 0.05 * number, "order: number");
    }

    private enum Times {
        SAME,
        /** 50 to 150 ms. */
        UNIFORM,
        EXPONENTIAL;

        double seconds(Random random) {
            return MEAN_SECONDS
                    * switch (this) {
                        case SAME -> 1;
                        case UNIFORM -> 0.5 + random.nextDouble();
                        case EXPONENTIAL -> -Math.log(1 - random.nextDouble());
                    };
        }
    }

    private record Evaluation(double endsAtSeconds, long number) {}

    private static double toldPerSecond(RunPlan plan, int slots, Times times) {
        Random random = new Random(7);
        Deque<Long> waiting = new ArrayDeque<>();
        PriorityQueue<Evaluation> running =
                new PriorityQueue<>((a, b) -> Double.compare(a.endsAtSeconds(), b.endsAtSeconds()));
        StudyState state = new StudyState(plan, TextFailure.FAILURES);
        Decider.begin(state, null, 0, event -> queue(event, waiting));
        double now = 0;
        while (!state.status().hasEnded()) {
            while (running.size() < slots && !waiting.isEmpty()) {
                running.add(new Evaluation(now + times.seconds(random), waiting.remove()));
            }
            Evaluation next = running.remove();
            now = next.endsAtSeconds();
            Input told = new Input.Measured(0, next.number(), random.nextDouble(), null, 1, "e", 1);
            Decider.drive(state, told, event -> queue(event, waiting));
        }
        return plan.budget() / now;
    }

    private static void queue(Event event, Deque<Long> waiting) {
        if (event instanceof Event.Asked asked) {
            waiting.add(asked.number());
        }
    }
}
