package io.afterlearner.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.StudySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRecordsTest {
    private static final String SPEC = """
            {"study":"s","name":"n","createdAtMillis":1,"model":{"uri":"u","sha256":"d"},
             "aleph":[{"tensor":"t","slice":null,"transform":"SHIFT","per":"ELEMENT","axis":0,"shape":[2],"kind":"REAL",
                       "low":-1.5,"high":2,"log":false,"step":null,"initial":[0,1],"choices":[]}],
             "search":null,"test":null,"loss":{"type":"mse","settings":{"a":"b"}},
             "optimizer":{"type":"auto","budget":10,"parallelism":1,"seed":9007199254740993,"runs":1,"noise":"UNKNOWN"},
             "evaluation":{"timeoutMillis":1000,"pool":"default"}}
            """;

    private static StudySpec read(String json) {
        return JsonRecords.record(JsonRecords.parse(json), StudySpec.class, "");
    }

    @Test
    void everyTypeThatASpecUsesIsReadAndWritten() {
        StudySpec spec = read(SPEC);
        assertEquals(9007199254740993L, spec.getOptimizer().getSeed());
        assertEquals("b", spec.getLoss().getSettings().get("a"));
        assertEquals(2.0, spec.getAleph().get(0).getHigh());
        assertEquals(spec, read(JsonRecords.of(spec).toString()));
        assertEquals(spec, read(spec.toString()));
    }

    @Test
    void fieldsThatAreNullAreLeftOut() {
        ObjectNode json = JsonRecords.of(read(SPEC));
        assertFalse(json.has("search"));
        assertFalse(json.get("aleph").get(0).has("step"));
        assertTrue(json.get("aleph").get(0).has("choices"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"budget\":10 | \"budget\":1.9 | optimizer.budget | is 1.9",
                "\"budget\":10 | \"budget\":1e30 | optimizer.budget | is 1.0E30",
                "\"budget\":10 | \"budget\":\"10\" | optimizer.budget | is \"10\"",
                "\"budget\":10 | \"budget\":true | optimizer.budget | is true",
                "\"axis\":0 | \"axis\":2147483648 | aleph[0].axis | is 2147483648",
                "[0,1] | [0,null] | aleph[0].initial[1] | is null",
                "[0,1] | [0,1e999] | aleph[0].initial[1] | is \"Infinity\"",
                "[0,1] | {} | aleph[0].initial | is {}",
                "{\"a\":\"b\"} | {\"a\":null} | loss.settings.a | is null",
                "{\"a\":\"b\"} | {\"a\":1} | loss.settings.a | is 1",
                "{\"a\":\"b\"} | [] | loss.settings | is []",
                "\"SHIFT\" | \"SHFT\" | aleph[0].transform | is \"SHFT\"",
                "\"log\":false | \"log\":0 | aleph[0].log | is 0",
                "\"axis\":0 | \"axs\":0 | aleph[0].axs | is not a known field",
                "\"budget\":10, | '' | optimizer.budget | is missing",
                "\"name\":\"n\" | \"name\":5 | name | is 5"
            })
    void whatDoesNotFitIsRefusedWithItsPath(String old, String changed, String field, String problem) {
        assertTrue(SPEC.contains(old), old);
        RefusedException e = assertThrows(RefusedException.class, () -> read(SPEC.replace(old, changed)));
        assertEquals(field, e.field());
        assertTrue(e.problem().startsWith(problem), e.problem());
    }

    @Test
    void aKeyGivenTwiceAndTextAfterTheEndAreRefused() {
        assertThrows(RefusedException.class, () -> JsonRecords.parse("{\"a\":1,\"a\":1}"));
        assertThrows(RefusedException.class, () -> JsonRecords.parse("{} x"));
        RefusedException e = assertThrows(
                RefusedException.class, () -> JsonRecords.record(JsonRecords.parse("[1]"), StudySpec.class, ""));
        assertEquals("the body is [1]; give an object", e.getMessage());
    }
}
