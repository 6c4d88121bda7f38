package io.afterlearner.local.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.local.cli.console.Console;
import io.afterlearner.local.cli.console.Json;
import io.afterlearner.schemas.AlephGroup;
import io.afterlearner.schemas.Granularity;
import io.afterlearner.schemas.Kind;
import io.afterlearner.schemas.Transform;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** People read what is known, in lower case. */
class FieldsTest {
    @Test
    void whatHasNoValueIsLeftOutAndAStatusIsInLowerCase() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("status", "RUNNING");
        fields.put("loss", null);
        fields.put("reason", "two\nlines");
        StringWriter out = new StringWriter();
        Fields.print(new Console(new PrintWriter(out), new PrintWriter(out), false, false, 80), fields);
        assertEquals(
                "status        running\nreason        two lines\n",
                out.toString().replace(System.lineSeparator(), "\n"));
        assertEquals("–", Fields.text("loss", null), "in a table");
    }

    /** The index of a choice is no value that anybody can apply. */
    @Test
    void parametersAreSaidAsTheyAreApplied() {
        List<AlephGroup> groups = List.of(
                group("w", Transform.SCALE, List.of(1.0, 1.0), List.of()),
                group("batch", Transform.VALUE, List.of(0.0), List.of(32.0, 64.0)),
                group("b", Transform.SHIFT, List.of(0.0), List.of(-1.0, 0.5)));
        List<Parameter> parameters = Parameter.of(groups, List.of(1.25, 2.0, 1.0, 1.0));
        assertEquals(
                List.of(
                        new Parameter("w[0]", "scale", 1.25, null),
                        new Parameter("w[1]", "scale", 2, null),
                        new Parameter("batch[0]", "value", 64, 1),
                        new Parameter("b[0]", "shift", 0.5, 1)),
                parameters);
        assertEquals(
                List.of(
                        "1.25 (scale)",
                        "2 (scale)",
                        "64 (choice 1, counted from 0)",
                        "0.5 (shift; choice 1, counted from 0)"),
                parameters.stream().map(Parameter::text).toList());
        assertEquals(List.of(), Parameter.of(groups, List.of()), "there is no candidate yet");
        assertEquals(
                "[{\"name\":\"b[0]\",\"transform\":\"shift\",\"value\":2.0,\"choice\":null}]",
                Json.line(Parameter.of(groups.subList(2, 3), List.of(2.0))),
                "not an index");
    }

    private static AlephGroup group(String tensor, Transform transform, List<Double> initial, List<Double> choices) {
        return new AlephGroup(
                tensor,
                null,
                transform,
                Granularity.ELEMENT,
                0,
                List.of(initial.size()),
                choices.isEmpty() ? Kind.REAL : Kind.UNORDERED,
                null,
                null,
                false,
                null,
                initial,
                choices);
    }
}
