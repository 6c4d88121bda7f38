package io.afterlearner.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.aleph.graph.ValueInfo;
import io.afterlearner.evaluation.data.DataException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** On which axis the examples lie, by what inputs and output declare. */
class BatchAxesTest {

    @Test
    void theAxisFollowsTheSymbolThatInputsAndOutputShare() {
        BatchAxes axes = of(List.of(value("x", "N", 4), value("state", 2, "N", 4)), value("y", 7, "N", 3));
        assertEquals(Map.of("x", 0, "state", 1), axes.inputs());
        assertEquals(1, axes.output());
        assertEquals(0, axes.fixedRows());
        BatchAxes sequences = of(List.of(value("x", "T", "N", 4), value("h", 1, "N", 8)), value("y", "T", "N", 2));
        assertEquals(Map.of("x", 1, "h", 1), sequences.inputs());
        assertEquals(1, sequences.output());
    }

    @Test
    void ofSeveralSharedSymbolsTheFirstDimensionIsTheExamples() {
        BatchAxes axes = of(
                List.of(value("ids", "batch", "seq"), value("mask", "batch", "seq")),
                value("logits", "batch", "seq", 9));
        assertEquals(Map.of("ids", 0, "mask", 0), axes.inputs());
        assertEquals(0, axes.output());
    }

    @Test
    void withoutSharedSymbolsItIsFirstOrTheOnlyDynamicOne() {
        assertEquals(
                0, of(List.of(value("x", "unk__1", 4)), value("y", "unk__2", 4)).output());
        assertEquals(
                Map.of("x", 0, "state", 1),
                of(List.of(value("x", "", 4), value("state", 2, "", 4)), value("y", "", 1))
                        .inputs());
        assertEquals(
                3,
                of(List.of(value("x", 3, 4), value("z", 3, 1)), value("y", 3, 1))
                        .fixedRows());
    }

    @Test
    void whatIsNotClearIsRefusedAndCanBeSaid() {
        refused("different fixed batch sizes", List.of(value("x", 1, 4), value("state", 2, 1, 8)), value("y", 1, 1));
        refused(
                "of which no dimension is \"seq\"",
                List.of(value("x", "seq", 576), value("state", 2, 1, 128)),
                value("y", "seq", 1));
        refused("is a scalar (FLOAT [])", List.of(value("x", "N", 4), value("temperature")), value("y", "N", 1));
        refused("N twice", List.of(value("x", "N", "N")), value("y", "N"));
        refused("share the dimensions", List.of(value("a", "N", "T"), value("b", "T", "N")), value("y", "N", "T"));
        List<ValueInfo> fixed = List.of(value("x", 1, 4), value("state", 2, 1, 8));
        BatchAxes said = BatchAxes.of(fixed, value("y", 1, 1), new Batching(0, Map.of("state", 1)));
        assertEquals(Map.of("x", 0, "state", 1), said.inputs());
        assertEquals(1, said.fixedRows());
        DataException unknown = assertThrows(
                DataException.class,
                () -> BatchAxes.of(fixed, value("y", 1, 1), new Batching(0, Map.of("sate", 1, "state", 1))));
        assertTrue(unknown.getMessage().contains("\"sate\", which is no input"), unknown.getMessage());
        DataException beyond = assertThrows(
                DataException.class, () -> BatchAxes.of(fixed, value("y", 1, 1), new Batching(0, Map.of("state", 3))));
        assertTrue(beyond.getMessage().contains("count dimensions from 0"), beyond.getMessage());
    }

    private static BatchAxes of(List<ValueInfo> inputs, ValueInfo output) {
        return BatchAxes.of(inputs, output, Batching.AUTO);
    }

    private static void refused(String expected, List<ValueInfo> inputs, ValueInfo output) {
        DataException refusal = assertThrows(DataException.class, () -> of(inputs, output));
        assertTrue(refusal.getMessage().contains(expected), refusal.getMessage());
    }

    /** @param dimensions numbers, or symbols */
    private static ValueInfo value(String name, Object... dimensions) {
        return new ValueInfo(
                name,
                "FLOAT",
                Arrays.stream(dimensions)
                        .mapToLong(d -> d instanceof Integer size ? size : -1)
                        .toArray(),
                true,
                Arrays.stream(dimensions)
                        .map(d -> d instanceof String symbol ? symbol : "")
                        .toList());
    }
}
