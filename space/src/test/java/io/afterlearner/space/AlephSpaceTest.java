package io.afterlearner.space;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.afterlearner.asktell.Parameter;
import io.afterlearner.schemas.AlephArray;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.Transform;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AlephSpaceTest {

    @Test
    void aParameterIsNamedByTensorSliceAndRowMajorIndex() {
        AlephGroup matrix = group("w", List.of(2, 2), Kind.REAL);
        AlephGroup sliced = group("v", List.of(1), Kind.REAL);
        sliced.put("slice", "0:10,:");
        AlephGroup scalar = group("b", List.of(), Kind.REAL);
        List<AlephGroup> groups = List.of(matrix, sliced, scalar);

        List<String> names = List.of("w[0,0]", "w[0,1]", "w[1,0]", "w[1,1]", "v{0:10,:}[0]", "b");
        assertEquals(names, AlephNames.of(groups));
        assertEquals(
                names,
                AlephSpace.of(groups).parameters().stream().map(Parameter::name).toList());
        assertEquals("v{0:10,:}", AlephArray.name(sliced));
    }

    @Test
    void anOpenBoundIsInfiniteAndOnALogScaleTheLeastValueAbove0() {
        AlephGroup linear = group("a", List.of(), Kind.REAL);
        AlephGroup log = group("b", List.of(), Kind.REAL);
        log.put("log", true);
        AlephGroup wholeLog = group("c", List.of(), Kind.INTEGER);
        wholeLog.put("log", true);

        assertEquals(
                new Parameter.Real("a", Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, false, 1, Double.NaN),
                parameter(linear));
        assertEquals(
                new Parameter.Real("b", Double.MIN_NORMAL, Double.POSITIVE_INFINITY, true, 1, Double.NaN),
                parameter(log));
        assertEquals(new Parameter.Int("c", 1, Double.POSITIVE_INFINITY, true, 1, Double.NaN), parameter(wholeLog));
    }

    @Test
    void everyKindHasItsParameter() {
        AlephGroup whole = group("i", List.of(), Kind.INTEGER);
        whole.put("low", 0.0);
        whole.put("high", 4.0);
        whole.put("step", 2.0);
        AlephGroup ordered = group("o", List.of(), Kind.ORDERED);
        ordered.put("choices", List.of(0.5, 1.0, 2.0));
        AlephGroup unordered = group("u", List.of(), Kind.UNORDERED);
        unordered.put("choices", List.of(0.5, 1.0, 2.0));

        assertEquals(new Parameter.Int("i", 0, 4, false, 1, 2), parameter(whole));
        assertEquals(new Parameter.Choice("o", 3, true, 1), parameter(ordered));
        assertEquals(new Parameter.Choice("u", 3, false, 1), parameter(unordered));
    }

    @Test
    void aGroupThatCannotBeSearchedIsRefusedWithItsField() {
        refused("aleph[0].initial", g -> g.put("initial", List.of(0.0)));
        refused("aleph[0].shape", g -> g.put("shape", List.of(Integer.MAX_VALUE, Integer.MAX_VALUE, 9)));
        refused("aleph[0].shape", g -> g.put("shape", List.of(-2, -2)));
        refused("aleph[0]", g -> g.put("low", 2.0));
        refused("aleph[0]", g -> g.put("kind", Kind.UNORDERED));
        refused("aleph", g -> {
            g.put("initial", List.of());
            g.put("shape", List.of(0));
        });
    }

    @Test
    void twoParametersOfOneNameAreRefused() {
        AlephGroup group = group("w", List.of(2, 2), Kind.REAL);
        RefusedException e = assertThrows(RefusedException.class, () -> AlephSpace.of(List.of(group, group)));
        assertEquals("aleph", e.field());
    }

    private static Parameter parameter(AlephGroup group) {
        return AlephSpace.of(List.of(group)).parameters().get(0);
    }

    private static void refused(String field, Consumer<AlephGroup> change) {
        AlephGroup group = group("w", List.of(2, 2), Kind.REAL);
        change.accept(group);
        RefusedException e = assertThrows(RefusedException.class, () -> AlephSpace.of(List.of(group)));
        assertEquals(field, e.field(), e.getMessage());
    }

    private static AlephGroup group(String tensor, List<Integer> shape, Kind kind) {
        int size = shape.stream().reduce(1, (a, b) -> a * b);
        List<Double> ones = Collections.nCopies(size, 1.0);
        return new AlephGroup(
                tensor,
                null,
                Transform.SCALE,
                Granularity.ELEMENT,
                0,
                shape,
                kind,
                null,
                null,
                false,
                null,
                ones,
                List.of());
    }
}
