package io.afterlearner.optimizer.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.afterlearner.schemas.OnlineSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonRecordsTest {
    private static final String ONLINE = """
            {"unit":"USER","exploreShare":0.2,"controlShare":0.1,
             "metric":{"name":"click","aggregate":"MEAN","goal":"MAXIMIZE","low":0,"high":1,"silence":0},
             "windowMillis":60000,"exposures":400,"trustRegion":0.25,
             "guardrails":[{"metric":{"name":"latency","aggregate":"P99","goal":"MINIMIZE","low":0,"high":5000},"limit":1.05}],
             "confidence":0.95,"approval":false}
            """;

    private static OnlineSpec read(String json) throws Exception {
        return JsonRecords.record(new ObjectMapper().readTree(json), OnlineSpec.class, "online");
    }

    @Test
    void recordsSurviveARoundTripThroughJson() throws Exception {
        OnlineSpec spec = read(ONLINE);
        JsonNode written = JsonRecords.of(spec);

        assertEquals(0.0, spec.getMetric().getSilence());
        assertEquals("latency", spec.getGuardrails().get(0).getMetric().getName());
        assertEquals(0, spec.getSliceMillis(), "the default of what is missing");
        assertEquals(spec, read(written.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"unit\":\"USER\",| | online.unit is missing: give one",
                "USER| SHOPPER| online.unit cannot be \"SHOPPER\": give one of [UNKNOWN, USER, SESSION, REQUEST]",
                "0.2,| \"much\",| online.exploreShare cannot be \"much\": give a number",
                "60000| 1.5| online.windowMillis cannot be 1.5: give a whole number",
                "false| 0| online.approval cannot be 0: give true or false",
                "\"high\":5000| \"hihg\":5000| online.guardrails[0].metric.hihg is no field: known are [name, aggregate, goal, low, high, silence]",
                "\"click\"| 7| online.metric.name cannot be 7: give a string"
            })
    void whatDoesNotFitIsSaidInOneLineWithItsPlace(String part, String instead, String line) {
        String json = ONLINE.replace(part, instead == null ? "" : instead);
        assertEquals(
                line,
                assertThrows(IllegalArgumentException.class, () -> read(json)).getMessage());
    }
}
