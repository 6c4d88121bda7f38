package io.afterlearner.feedback.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.afterlearner.feedback.api.AssignmentsResource.AssignmentRequest;
import io.afterlearner.feedback.api.AssignmentsResource.BatchRequest;
import io.afterlearner.http.StrictJson;
import io.afterlearner.schemas.RefusedException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class NeverNullTest {
    private static <T> T read(String json, Class<T> type) throws IOException {
        JsonNode body = new JsonMapper().readTree(json);
        return StrictJson.read(body, type);
    }

    @Test
    void exposedIsTrueFalseOrOmitted() throws IOException {
        assertEquals(
                false,
                read("{\"unit\":\"x\",\"exposed\":false}", AssignmentRequest.class)
                        .exposed());
        assertEquals(
                true,
                read("{\"units\":[\"x\"],\"exposed\":true}", BatchRequest.class).exposed());
        assertNull(read("{\"unit\":\"x\"}", AssignmentRequest.class).exposed());
    }

    @Test
    void nullIsRefusedBecauseItWouldMeanExposed() {
        RefusedException one = assertThrows(
                RefusedException.class, () -> read("{\"unit\":\"x\",\"exposed\":null}", AssignmentRequest.class));
        assertEquals("exposed contains null; give a value or omit it", one.getMessage());
        RefusedException batch = assertThrows(
                RefusedException.class, () -> read("{\"units\":[\"x\"],\"exposed\":null}", BatchRequest.class));
        assertEquals(one.getMessage(), batch.getMessage());
    }

    @Test
    void otherTypesAreRefusedAsBefore() {
        RefusedException text = assertThrows(
                RefusedException.class, () -> read("{\"unit\":\"x\",\"exposed\":\"no\"}", AssignmentRequest.class));
        assertEquals("exposed has the wrong type; give true or false", text.getMessage());
    }
}
