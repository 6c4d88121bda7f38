package io.afterlearner.local.cli.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.afterlearner.local.cli.console.Console;
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

    @Test
    void aParameterWithChoicesShowsTheChosenOne() {
        assertEquals("64 (choice 1, counted from 0)", Fields.value(1, List.of(32.0, 64.0)));
        assertEquals("1", Fields.value(1, List.of()));
        assertEquals("2", Fields.value(2, List.of(32.0, 64.0)), "not an index");
    }
}
