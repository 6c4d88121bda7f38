package io.afterlearner.asktell.catalogue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.asktell.Optimizer;
import io.afterlearner.asktell.Optimizers;
import io.afterlearner.asktell.Outcome.Measured;
import io.afterlearner.asktell.Problem;
import io.afterlearner.asktell.contract.Simulation;
import io.afterlearner.asktell.contract.Spaces;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryTest {

    /** Counts AfterLearner's objects, array elements and collection elements reachable from here. */
    private static long reached(Object root) throws IllegalAccessException {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> open = new ArrayDeque<>(List.of(root));
        long size = 0;
        while (!open.isEmpty()) {
            Object next = open.remove();
            if (!seen.add(next)) {
                continue;
            }
            size += 1;
            if (next instanceof Collection<?> all) {
                all.forEach(element -> push(open, element));
            } else if (next instanceof Map<?, ?> map) {
                map.keySet().forEach(key -> push(open, key));
                map.values().forEach(value -> push(open, value));
            } else if (next.getClass().isArray()) {
                size += Array.getLength(next);
                for (int i = 0; next instanceof Object[] && i < Array.getLength(next); i++) {
                    push(open, Array.get(next, i));
                }
            } else if (next.getClass().getName().startsWith("io.afterlearner")) {
                pushFields(open, next);
            }
        }
        return size;
    }

    private static void pushFields(Deque<Object> open, Object of) throws IllegalAccessException {
        for (Field field : of.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                push(open, field.get(of));
            }
        }
    }

    private static void push(Deque<Object> open, @Nullable Object element) {
        if (element != null) {
            open.add(element);
        }
    }

    /** Between the two sizes there may be half a batch, and an incumbent more or less. */
    @ParameterizedTest
    @CsvSource({
        "OnePlusOne, 0, 100000",
        "DiscreteOnePlusOne, 0, 100000",
        "CMA, 0, 100000",
        "DiagonalCMA, 0, 100000",
        "DE, 0, 100000",
        "PSO, 0, 100000",
        "OnePlusOne, 1, 10000",
        "DiagonalCMA, 1, 10000"
    })
    void memoryDoesNotGrowWithTheNumberOfTells(String name, int constraints, int tells) throws IllegalAccessException {
        Optimizer optimizer =
                Optimizers.create(name, Problem.of(Spaces.reals(4), tells, 1, 1).withConstraints(constraints));
        long early = 0;
        for (long number = 0; number < tells; number++) {
            double[] point = optimizer.ask(number);
            List<Double> values = Collections.nCopies(constraints, point[0] - 0.1);
            optimizer.tell(number, new Measured(Simulation.sphere(point) + number % 3, Double.NaN, values));
            early = number == 2_000 ? reached(optimizer) : early;
        }
        long late = reached(optimizer);
        assertTrue(early > 100, "reached " + early);
        assertTrue(late <= 1.1 * early + 100, early + " after 2,000 tells, " + late + " after " + tells);
    }
}
