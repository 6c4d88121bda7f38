package io.afterlearner.feedback;

import static io.afterlearner.feedback.TestedService.JSON;
import static io.afterlearner.feedback.TestedService.assertProblem;
import static io.afterlearner.feedback.TestedService.report;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.afterlearner.client.Assignment;
import io.afterlearner.client.Keys;
import io.afterlearner.embedded.ServiceProcess;
import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.Topics;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that the REST API rejects, with status and problem. */
class RefusalsIT extends ServiceFixture {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | nonsense |",
                "400 | [] | empty",
                "400 | {} | token",
                "400 | {'token':'TOKEN'} | metric",
                "400 | {'token':'TOKEN','metric':'clicks','value':1} | [click, latency]",
                "400 | {'token':'TOKEN','metric':'click'} | value",
                "400 | {'token':'TOKEN','metric':'click','value':'NaN'} | value",
                "400 | {'token':'TOKEN','metric':'click','value':NaN} |",
                "400 | {'token':'TOKEN','metric':'click','value':1e999} | value",
                "400 | {'token':'TOKEN','metric':'click','value':1,'colour':'red'} | colour",
                "400 | {'token':'TOKEN','metric':'click','value':'1'} | value",
                "400 | {'token':'TOKEN','metric':'click','value':1,'value':2} | line 1, column",
                "400 | {'token':'TOKEN','metric':'click','value':1,'id':7} | id",
                "400 | {'token':'TOKEN','metric':'click','value':1,'atMillis':1.5} | atMillis",
                "400 | {'token':'TOKEN','metric':'click','value':1} x | line 1, column",
                "400 | [7,null] | [0]: the report is 7; give an object",
                "400 | {'token':'TOKEN','metric':'click','value':[1]} | value has the wrong type; give a number",
                "400 | {'token':'TOKEN','metric':'click','value':1,'id':'\\ud800'} | id has half of a surrogate pair",
                "400 | {'token':'TOKEN','metric':'click','value':1,'id':''} | id",
                "400 | {'token':'TOKEN','metric':'click','value':1,'atMillis':1} | clock",
                "400 | {'token':'TOKEN','metric':'click','value':1,'atMillis':99999999999999} | clock",
                "400 | [{'token':'TOKEN','metric':'click'},{'token':'TOKEN'}] | [0]: value",
                "400 | {'token':'TOKEN','exposed':true,'metric':'click'} | metric is given with exposed",
                "400 | {'token':'TOKEN','exposed':true,'value':1} | value is given with exposed",
                "400 | {'token':'TOKEN','exposed':true,'id':'a'} | id is given with exposed",
                "400 | {'token':'TOKEN','exposed':true,'atMillis':1} | clock",
                "400 | {'token':'TOKEN','exposed':false} | exposed is false; give true",
                "400 | {'token':'TOKEN','exposed':'yes'} | exposed has the wrong type; give true or false",
                "400 | {'exposed':true} | token is missing",
                "401 | {'token':'FORGED','exposed':true} | forged",
                "409 | {'token':'TOKEN','exposed':true,'study':'another'} | another",
                "401 | {'token':'nonsense','metric':'click','value':1} | token",
                "401 | {'token':'FORGED','metric':'click','value':1} | forged",
                "409 | {'token':'TOKEN','metric':'click','value':1,'study':'another'} | another"
            })
    void anInvalidReportIsRejectedWithOneLine(int status, String body, String named) throws Exception {
        if (service.http().get("/v1/studies/bad/champion").statusCode() != 200) {
            service.create("bad", 60_000, 1_000);
        }
        String token = service.assign("bad", "somebody").get("token").asText();
        String forged = (token.charAt(0) == 'B' ? 'C' : 'B') + token.substring(1);
        String sent = body.replace('\'', '"').replace("TOKEN", token).replace("FORGED", forged);
        String detail = assertProblem(status, service.http().post("/v1/feedback", sent));
        assertTrue(named == null || detail.contains(named), detail);
    }

    @Test
    void requestsThatAreTooLargeTooManyOrForAnUnknownStudyAreRejected() throws Exception {
        assertProblem(404, service.assigning("nobody", "user-1"));
        service.create("busy", 60_000, 1_000);
        assertProblem(400, service.http().post("/v1/studies/busy/assignments", "{}"));
        assertProblem(400, service.http().post("/v1/studies/busy/assignments", ""));
        assertProblem(400, service.assigning("busy", "x".repeat(300)));
        assertProblem(413, service.http().post("/v1/feedback", "[" + "{},".repeat(1_000) + "{}]"));
        assertProblem(413, service.http().post("/v1/feedback", "\"" + "x".repeat(1_500_000) + "\""));
        assertStopped(200, () -> service.assigning("busy", "flood"));
        JsonNode got = service.assign("busy", "reporter");
        ArrayNode flood = JSON.createArrayNode();
        for (int i = 0; i < 101; i++) {
            flood.add(report(got, "click", 1, "e" + i));
        }
        JsonNode answer = JSON.readTree(
                service.http().post("/v1/feedback", flood.toString()).body());
        assertEquals(100, answer.get("accepted").asInt(), answer.toString());
        JsonNode refused = answer.get("refused").get(0);
        assertEquals(100, refused.get("index").asInt());
        assertEquals(429, refused.get("status").asInt());
        JsonNode alone = service.assign("busy", "another");
        assertStopped(
                100,
                () -> service.http()
                        .post("/v1/feedback", report(alone, "click", 1, "x").toString()));
    }

    @Test
    void whetherAnAssignmentExposesIsTrueOrFalse() throws Exception {
        service.create("prepared", 60_000, 1_000);
        String path = "/v1/studies/prepared/assignments";
        String detail = assertProblem(400, service.http().post(path, "{\"unit\":\"u\",\"exposed\":\"no\"}"));
        assertTrue(detail.contains("exposed has the wrong type; give true or false"), detail);
        assertProblem(400, service.http().post(path + "/batch", "{\"units\":[\"u\"],\"exposed\":0}"));
        String unknown = assertProblem(400, service.http().post(path, "{\"unit\":\"u\",\"exposed\":null}"));
        assertTrue(unknown.contains("exposed contains null; give a value or omit it"), unknown);
    }

    @Test
    void aSliceHasAnyNumberOfReports() throws Exception {
        service.send(Topics.STUDIES, "load", Specs.study("load", Specs.online(60_000, 1_000, 60_000, List.of())));
        service.awaitThat(() -> service.http().get("/v1/studies/load/champion").statusCode() == 200);
        JsonNode slice = service.assign("load", "anybody");
        ArrayNode reports = JSON.createArrayNode();
        for (int i = 0; i < 1_000; i++) {
            reports.add(report(slice, "click", 0, "e" + i));
        }
        JsonNode answer = JSON.readTree(
                service.http().post("/v1/feedback", reports.toString()).body());
        assertEquals(1_000, answer.get("accepted").asInt(), answer.toString());
    }

    @Test
    void aBatchOfUnitsIsAnsweredInOrderAndARefusedOneIsNamed() throws Exception {
        service.create("crowd", 60_000, 1_000);
        String path = "/v1/studies/crowd/assignments/batch";
        String units = "{\"units\":[\"ann\",\"\",\"bob\",\"" + "x".repeat(300) + "\",\"ann\"]}";
        JsonNode answer = JSON.readTree(service.http().post(path, units).body());
        JsonNode assignments = answer.get("assignments");
        assertEquals(5, assignments.size(), answer.toString());
        assertEquals("ann", assignments.get(0).get("unit").asText());
        assertEquals("bob", assignments.get(2).get("unit").asText());
        assertEquals(
                assignments.get(0).get("candidate"),
                assignments.get(4).get("candidate"),
                "the same unit, the same values");
        String report = report(assignments.get(2), "click", 1, "x").toString();
        assertEquals(202, service.http().post("/v1/feedback", report).statusCode());
        JsonNode refused = answer.get("refused");
        assertEquals(
                List.of(1, 3),
                refused.findValues("index").stream().map(JsonNode::asInt).toList());
        assertEquals(400, refused.get(0).get("status").asInt());
        assertTrue(refused.get(1).get("detail").asText().contains("unit has 300 characters"), answer.toString());

        HttpResponse<String> none = service.http().post(path, "{\"units\":[\"\",\"\"]}");
        assertTrue(assertProblem(400, none).startsWith("[0]: unit has 0 characters"), none.body());
        assertEquals(2, JSON.readTree(none.body()).get("refused").size());
    }

    @Test
    void aBatchOfUnitsThatCannotBeAnsweredIsRejectedWithOneLine() throws Exception {
        service.create("crush", 60_000, 1_000);
        String path = "/v1/studies/crush/assignments/batch";
        for (String body : List.of("", "{}", "{'units':[]}", "{'units':['u',7]}", "{'units':['u',null]}", "['u']")) {
            assertProblem(400, service.http().post(path, body.replace('\'', '"')));
        }
        String most = "{\"units\":[" + "\"u\",".repeat(999) + "\"u\"]}";
        String tooMany = assertProblem(413, service.http().post(path, most.replace("]", ",\"u\"]")));
        assertEquals("1001 units in one request; send at most 1000", tooMany);
        assertProblem(404, service.http().post("/v1/studies/none/assignments/batch", "{\"units\":[\"u\"]}"));

        // A unit may be assigned 200 times within 10 s, and the next ten seconds may begin meanwhile.
        JsonNode refused = JSON.readTree(service.http().post(path, most).body()).get("refused");
        assertTrue(refused.size() >= 600, "refused " + refused.size());
        assertEquals(429, refused.get(0).get("status").asInt());
        assertStopped(200, () -> service.http().post(path, "{\"units\":[\"v\"]}"));
    }

    @Test
    void aBadReportAmongGoodOnesIsNamedAndTheOthersAreTaken() throws Exception {
        service.create("mixed", 60_000, 1_000);
        JsonNode got = service.assign("mixed", "somebody");
        ArrayNode batch = JSON.createArrayNode();
        batch.add(report(got, "click", 1, "a"));
        batch.add(report(got, "click", 1, "b").put("value", "1"));
        batch.addNull();
        batch.add(report(got, "click", 1, "d").put("colour", "red"));
        batch.add(report(got, "latency", 100, "a"));

        HttpResponse<String> answer = service.http().post("/v1/feedback", batch.toString());
        assertEquals(202, answer.statusCode(), answer.body());
        JsonNode json = JSON.readTree(answer.body());
        assertEquals(2, json.get("accepted").asInt());
        assertEquals(
                JSON.readTree("""
                        [{"index":1,"status":400,"field":"value","detail":"value has the wrong type; give a number"},
                         {"index":2,"status":400,"field":null,"detail":"the report is null; give an object"}]"""),
                JSON.createArrayNode()
                        .add(json.get("refused").get(0))
                        .add(json.get("refused").get(1)));
        assertEquals("colour", json.get("refused").get(2).get("field").asText());

        batch.remove(4);
        batch.remove(0);
        HttpResponse<String> none = service.http().post("/v1/feedback", batch.toString());
        assertEquals("[0]: value has the wrong type; give a number", assertProblem(400, none));
        assertEquals(3, JSON.readTree(none.body()).get("refused").size());
    }

    private interface Asking {
        HttpResponse<String> ask() throws Exception;
    }

    /** Asks until it is rejected: after {@code most} times, or twice that if the next ten seconds begin meanwhile. */
    private static void assertStopped(int most, Asking asking) throws Exception {
        HttpResponse<String> answer = asking.ask();
        int asked = 1;
        while (answer.statusCode() / 100 == 2 && asked <= 2 * most) {
            answer = asking.ask();
            asked++;
        }
        assertTrue(asked > most, "stopped after " + asked);
        assertProblem(429, answer);
        assertTrue(answer.headers().firstValueAsLong("Retry-After").orElse(0) > 0, "Retry-After");
    }

    @Test
    void foreignOriginsAndBodiesWithoutContentTypeAreRejected() throws Exception {
        String json = "Content-Type: application/json";
        assertProblem(403, service.http().send("/v1/feedback", "{}", json, "Origin: https://evil.example"));
        assertProblem(415, service.http().send("/v1/feedback", "{}"));
    }

    @Test
    void anExpiredTokenIsRejected() throws Exception {
        service.create("brief", 60_000, 1_000);
        assertEquals(202, reporting(System.currentTimeMillis()).statusCode());
        assertProblem(409, reporting(System.currentTimeMillis() - 3_600_000));
        assertProblem(409, meeting(System.currentTimeMillis() - 61_000));
        assertEquals(202, meeting(System.currentTimeMillis()).statusCode());
    }

    /** Reports with the token of an assignment in the past. */
    private static HttpResponse<String> reporting(long assignedAtMillis) throws Exception {
        ObjectNode report = JSON.createObjectNode().put("metric", "click").put("value", 1);
        return service.http()
                .post(
                        "/v1/feedback",
                        report.put("token", token(assignedAtMillis)).toString());
    }

    /** Reports that its unit met it. */
    private static HttpResponse<String> meeting(long assignedAtMillis) throws Exception {
        ObjectNode report = JSON.createObjectNode().put("exposed", true);
        return service.http()
                .post(
                        "/v1/feedback",
                        report.put("token", token(assignedAtMillis)).toString());
    }

    private static String token(long assignedAtMillis) {
        Assignment assignment = new Assignment(
                "brief",
                "assignment-" + assignedAtMillis,
                "user-1",
                Arm.CONTROL,
                0,
                new double[0],
                assignedAtMillis,
                assignedAtMillis + 60_000,
                assignedAtMillis,
                0,
                "shop");
        return Keys.of(ServiceProcess.SECRET, ServiceProcess.UNIT_KEY).tokens().sign(assignment);
    }
}
