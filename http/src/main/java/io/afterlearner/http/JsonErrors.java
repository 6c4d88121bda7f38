package io.afterlearner.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.afterlearner.schemas.RefusedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns Jackson's exceptions into refusals. */
final class JsonErrors {
    static final int MAX_VALUE_CHARACTERS = 40;
    private static final Map<Class<?>, String> WANTED = Map.of(
            Long.class, "a whole number",
            long.class, "a whole number",
            Integer.class, "a whole number",
            int.class, "a whole number",
            Double.class, "a number",
            double.class, "a number",
            Boolean.class, "true or false",
            boolean.class, "true or false",
            String.class, "a string");

    private JsonErrors() {}

    static RefusedException of(JsonProcessingException e) {
        String path = e instanceof JsonMappingException mapping ? path(mapping) : "";
        if (e instanceof UnrecognizedPropertyException unknown) {
            return new RefusedException(path, "is not a known field", "use one of " + unknown.getKnownPropertyIds());
        }
        if (e instanceof InvalidNullException) {
            return new RefusedException(path, "contains null", "give a value or omit it");
        }
        if (e instanceof InvalidFormatException format) {
            return new RefusedException(
                    path,
                    "is " + shown(format.getValue(), MAX_VALUE_CHARACTERS),
                    "give " + wanted(format.getTargetType()));
        }
        if (e instanceof MismatchedInputException mismatch) {
            return path.isEmpty() ? body(mismatch) : wrongType(path, mismatch);
        }
        return new RefusedException("", "the body cannot be read: " + place(e) + sentence(e), "send valid JSON");
    }

    private static RefusedException wrongType(String path, MismatchedInputException e) {
        return new RefusedException(path, "has the wrong type", "give " + wanted(e.getTargetType()));
    }

    private static RefusedException body(MismatchedInputException e) {
        String message = String.valueOf(e.getOriginalMessage());
        // Jackson has no type of its own for this one.
        return message.startsWith("Trailing token")
                ? new RefusedException(
                        "", "the body cannot be read: " + place(e) + "text follows the JSON value", "send one value")
                : new RefusedException("", "the body has the wrong type", "give " + wanted(e.getTargetType()));
    }

    private static String place(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    }

    /** Jackson's message on one line, without positions in its own buffer. */
    private static String sentence(JsonProcessingException e) {
        return e.getOriginalMessage().replaceAll("\\s+", " ").replaceAll(" ?\\(start marker at .*", "");
    }

    /** A value for a message, cut to a length. */
    static String shown(@Nullable Object value, int mostCharacters) {
        return Problem.shown(String.valueOf(value), mostCharacters);
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.toString(type.getEnumConstants());
        }
        if (Collection.class.isAssignableFrom(type) || type.isArray()) {
            return "a list";
        }
        return WANTED.getOrDefault(type, "an object");
    }

    private static String path(JsonMappingException e) {
        return e.getPath().stream()
                .map(step ->
                        step.getFieldName() == null ? "[" + step.getIndex() + "]" : Problem.shown(step.getFieldName()))
                .collect(Collectors.joining("."))
                .replace(".[", "[");
    }
}
