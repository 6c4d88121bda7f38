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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        return new RefusedException(
                "", "the body cannot be read: " + place(e) + syntax(e.getOriginalMessage()), "send valid JSON");
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

    /** What is wrong with a text that is no JSON, from Jackson's message. */
    static String syntax(String jackson) {
        return Syntax.error(jackson);
    }

    private static String place(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
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

    /** Says what is wrong with a text that is no JSON. Jackson's own messages name its features and settings. */
    private static final class Syntax {

        /** @param words what they say, with the groups of the pattern as %s */
        private record Meaning(Pattern message, String words) {

            Optional<String> of(String jackson) {
                Matcher matcher = message.matcher(jackson);
                if (!matcher.lookingAt()) {
                    return Optional.empty();
                }
                Object[] groups = new Object[matcher.groupCount()];
                for (int i = 0; i < groups.length; i++) {
                    groups[i] = Problem.shown(matcher.group(i + 1), JsonErrors.MAX_VALUE_CHARACTERS);
                }
                return Optional.of(String.format(words, groups));
            }
        }

        private static final List<Meaning> MEANINGS = List.of(
                meaning("Unexpected end-of-input", "it ends too early"),
                meaning("(?:Unrecognized|Non-standard) token '(.*?)'", "%s is no JSON value"),
                expected(".*? was expecting a colon", "unexpected %s; a colon is missing"),
                expected(".*? was expecting comma", "unexpected %s; a comma is missing"),
                expected(".*? to start field name", "unexpected %s instead of a field name in double quotes"),
                expected(".*? expected a (?:valid )?value", "unexpected %s instead of a value"),
                expected(" in numeric value", "unexpected %s in a number"),
                expected("", "unexpected %s"),
                meaning("Unexpected character \\(\\(CTRL-CHAR, code (\\d+)\\)", "unexpected control character %s"),
                meaning("Unexpected close marker '(.)'", "unexpected %s"),
                meaning(
                        "Illegal unquoted character \\(\\(CTRL-CHAR, code (\\d+)\\)",
                        "control character %s in a string; escape it"),
                meaning("Illegal character \\(\\(CTRL-CHAR, code (\\d+)\\)", "unexpected control character %s"),
                meaning("Duplicate field '(.*?)'", "%s is given twice"),
                meaning("Unrecognized character escape '(.)'", "unknown escape \\%s in a string"),
                meaning("Invalid numeric value: Leading zeroes", "a number begins with 0"),
                meaning("Invalid UTF-", "it is not UTF-8"),
                meaning(
                        "Document nesting depth \\(\\d+\\) exceeds the maximum allowed \\((\\d+)",
                        "it is nested more than %s deep"),
                meaning(
                        "[\\w ]+ length \\(\\d+\\) exceeds the maximum allowed \\((\\d+)",
                        "a number, string or name has more than %s characters"));

        private Syntax() {}

        private static Meaning meaning(String message, String words) {
            return new Meaning(Pattern.compile(message, Pattern.DOTALL), words);
        }

        /** An unexpected character, followed by what was expected. */
        private static Meaning expected(String what, String words) {
            return meaning("Unexpected character \\('(.)' \\(code \\d+\\)\\)" + what, words);
        }

        static String error(String jackson) {
            return MEANINGS.stream()
                    .flatMap(meaning -> meaning.of(jackson).stream())
                    .findFirst()
                    .orElse("it is no JSON here");
        }
    }
}
