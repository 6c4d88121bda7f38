package io.afterlearner.feedback.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Exceptions as problems. */
public class Problems {

    @ServerExceptionMapper
    public Response badArgument(IllegalArgumentException e) {
        return Problem.response(400, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    public Response kafkaAway(KafkaException e) {
        return Problem.response(503, e.getMessage() + "; reports that you send again with the same ids count once");
    }

    @ServerExceptionMapper
    public Response badBody(WebApplicationException e) {
        if (e.getCause() instanceof JsonProcessingException json) {
            return Problem.response(400, sentence(json));
        }
        return e.getResponse().hasEntity()
                ? e.getResponse()
                : Problem.response(e.getResponse().getStatus(), String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    public Response badJson(JsonProcessingException e) {
        return Problem.response(400, sentence(e));
    }

    /** More specific than the framework's own mapper, which answers with an empty body. */
    @ServerExceptionMapper
    public Response badField(MismatchedInputException e) {
        return Problem.response(400, sentence(e));
    }

    private static String sentence(JsonProcessingException e) {
        String where = e instanceof JsonMappingException mapping ? path(mapping) : "";
        if (e instanceof UnrecognizedPropertyException unknown) {
            return where + " is no field: known are " + unknown.getKnownPropertyIds();
        }
        if (e instanceof InvalidFormatException format) {
            return where + " cannot be " + format.getValue() + ": give a "
                    + format.getTargetType().getSimpleName();
        }
        var at = e.getLocation();
        String line = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        String said = e.getOriginalMessage().replaceAll("\\s+", " ").replaceAll(" ?\\(start marker at .*", "");
        return (where.isEmpty() ? "the body is not JSON" : where + " is not what it should be") + ": " + line + said;
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }
}
