package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonErrorsTest {
    private static final ObjectMapper MAPPER = StrictJson.strict(new ObjectMapper());

    private static String refusal(byte[] body) {
        JsonProcessingException e = assertThrows(JsonProcessingException.class, () -> MAPPER.readTree(body));
        return String.valueOf(JsonErrors.of(e).getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | line 1, column 9: nonsense is no JSON value",
                "{\"a\":NaN} | line 1, column 9: NaN is no JSON value",
                "{\"a\":1,#\"b\":undefined} | line 2, column 15: undefined is no JSON value",
                "{\"a\": | line 1, column 6: it ends too early",
                "\"abc | line 1, column 5: it ends too early",
                "{\"a\" 1} | line 1, column 6: unexpected 1; a colon is missing",
                "[1 2] | line 1, column 4: unexpected 2; a comma is missing",
                "{'a':1} | line 1, column 2: unexpected ' instead of a field name in double quotes",
                "{\"a\":5,} | line 1, column 8: unexpected } instead of a field name in double quotes",
                "[1,] | line 1, column 4: unexpected ] instead of a value",
                "{\"a\":.5} | line 1, column 6: unexpected . instead of a value",
                "{\"a\":+1} | line 1, column 7: unexpected + in a number",
                "{\"a\":1.} | line 1, column 8: unexpected } in a number",
                "{\"a\":01} | line 1, column 7: a number begins with 0",
                "// c | line 1, column 1: unexpected /",
                "[1} | line 1, column 3: unexpected }",
                "{\"a\":1,\"a\":2} | line 1, column 11: a is given twice",
                "\"a#b\" | line 1, column 3: control character 10 in a string; escape it",
                "\"\\x\" | line 1, column 3: unknown escape \\x in a string"
            })
    void whatIsNoJsonIsSaidInPlainWords(String body, String problem) {
        assertEquals(
                "the body cannot be read: " + problem + "; send valid JSON",
                refusal(body.replace('#', '\n').getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({"[, it is nested more than 1000 deep", "1, 'a number, string or name has more than 1000 characters'"})
    void whatIsTooLargeIsSaidWithItsLimit(String text, String problem) {
        String refusal = refusal(text.repeat(2_000).getBytes(StandardCharsets.UTF_8));
        assertEquals(problem, refusal.replaceAll(".*read: |; send valid JSON", ""), refusal);
    }

    @Test
    void bytesThatAreNoTextAreNotUtf8() {
        String refusal = refusal(new byte[] {'"', (byte) 0xff, '"'});
        assertEquals("the body cannot be read: line 1, column 3: it is not UTF-8; send valid JSON", refusal);
    }

    /** A message that another version of Jackson words differently tells less, but nothing of Jackson. */
    @Test
    void nothingOfTheLibraryIsShown() {
        String problem = JsonErrors.syntax("Some day: enable `JsonReadFeature.ALLOW_ANYTHING` to allow");
        assertFalse(problem.contains("Feature"), problem);
    }
}
