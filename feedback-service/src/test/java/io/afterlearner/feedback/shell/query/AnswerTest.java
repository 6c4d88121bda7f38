package io.afterlearner.feedback.shell.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerTest {
    private static final String VECTOR =
            "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[%s]}%s}";

    private static Answer of(int status, String body) {
        return Answer.of(status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String vector(String value, String more) {
        String series = "{\"metric\":{\"job\":\"a\"},\"value\":[1790000000.5,\"" + value + "\"]}";
        return String.format(Locale.ROOT, VECTOR, series, more);
    }

    @Test
    void oneSeriesOrAScalarIsAValue() {
        assertEquals(new Answer.Value(0.25), of(200, vector("0.25", "")));
        assertEquals(
                new Answer.Value(3),
                of(200, "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1790000000,\"3\"]}}"));
        assertEquals(new Answer.Value(1), of(200, vector("1", ",\"infos\":[\"metric might not be a counter\"]")));
    }

    @Test
    void noSeriesAndNaNAreEmpty() {
        assertEquals(new Answer.Empty("the query finds no series"), of(200, VECTOR.replace("%s", "")));
        assertEquals(new Answer.Empty("the query answers NaN"), of(200, vector("NaN", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "200 | {'status':'success','data':{'resultType':'vector','result':[{'value':[1,'1']},{'value':[1,'2']}]}} | 2 series",
                "200 | {'status':'success','data':{'resultType':'vector','result':[{'value':[1,'+Inf']}]}} | +Inf",
                "200 | {'status':'success','data':{'resultType':'vector','result':[{'histogram':[1,{}]}]}} | no number",
                "200 | {'status':'success','data':{'resultType':'matrix','result':[]}} | a matrix",
                "200 | {'status':'success','warnings':['half the data'],'data':{'resultType':'vector','result':[{'value':[1,'1']}]}} | half the data",
                "400 | {'status':'error','errorType':'bad_data','error':'parse error: unclosed'} | parse error: unclosed",
                "422 | {'status':'error','errorType':'execution','error':'too many samples'} | too many samples"
            })
    void whatIsNotOneTrustworthyNumberIsRefusedWithTheReason(int status, String body, String reason) {
        Answer answer = of(status, body.replace('\'', '"'));
        assertTrue(answer instanceof Answer.Refused refused && refused.why().contains(reason), answer.toString());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "503 | {'status':'error','errorType':'timeout','error':'query timed out'} | query timed out",
                "502 | <html> | status 502",
                "302 | `` | status 302",
                "200 | <html> | no Prometheus",
                "200 | `` | no Prometheus",
                "401 | {'error':'no'} | credentials (401)",
                "403 | <html> | credentials (403)"
            })
    void whatAnotherQueryWouldMeetTooIsNoAnswer(int status, String body, String reason) {
        Answer answer = of(status, body.replace('\'', '"'));
        assertTrue(answer instanceof Answer.Unreachable none && none.why().contains(reason), answer.toString());
    }

    @Test
    void whatPrometheusSaysIsCutAndOnOneLine() {
        Answer answer = of(400, "{\"status\":\"error\",\"error\":\"a\\nb\\u001b[31m" + "x".repeat(1_000) + "\"}");
        String why = ((Answer.Refused) answer).why();
        assertTrue(why.length() < 400 && why.chars().noneMatch(Character::isISOControl), why);
    }
}
