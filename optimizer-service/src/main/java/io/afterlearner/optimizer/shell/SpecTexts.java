package io.afterlearner.optimizer.shell;

import io.afterlearner.schemas.RefusedException;
import io.afterlearner.schemas.StudySpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;

/** Checks the length and the characters of every text in a spec, because texts are stored, sent, logged and shown on terminals. */
public final class SpecTexts {
    /** Maximum length of a text without a limit of its own. */
    static final int MAX_CHARACTERS = 1_000;

    private static final Map<String, Integer> LIMITS =
            Map.of("name", 200, "uri", 4_096, "schema", 100_000, "settings", 10_000);
    /** Texts of several lines. */
    private static final Set<String> LINES = Set.of("schema", "settings");

    /** Escape codes, line separators, marks that change the direction of text, and unpaired surrogates. */
    private static final Pattern UNSAFE = Pattern.compile(
            "[\\p{Cntrl}\\u0080-\\u009F\\u2028\\u2029\\u200E\\u200F"
                    + "\\u202A-\\u202E\\u2066-\\u2069]|[\\uD800-\\uDBFF](?![\\uDC00-\\uDFFF])|(?<![\\uD800-\\uDBFF])[\\uDC00-\\uDFFF]");

    private static final Pattern LINE_BREAKS = Pattern.compile("[\\n\\r\\t]");

    private SpecTexts() {}

    /** @throws RefusedException for the first text that is too long or has characters that cannot be shown */
    static void check(StudySpec spec) {
        check(spec, "", "");
    }

    private static void check(@Nullable Object value, String place, String field) {
        if (value instanceof IndexedRecord record) {
            record.getSchema()
                    .getFields()
                    .forEach(each -> check(
                            record.get(each.pos()),
                            place.isEmpty() ? each.name() : place + "." + each.name(),
                            each.name()));
        } else if (value instanceof List<?> list) {
            if (!list.isEmpty() && !(list.get(0) instanceof Number)) {
                for (int i = 0; i < list.size(); i++) {
                    check(list.get(i), place + "[" + i + "]", field);
                }
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> {
                text(String.valueOf(key), place, "");
                check(each, place + "." + key, field);
            });
        } else if (value instanceof CharSequence text) {
            text(text.toString(), place, field);
        }
    }

    private static void text(String text, String place, String field) {
        check(text, place, LIMITS.getOrDefault(field, MAX_CHARACTERS), LINES.contains(field));
    }

    /** @throws RefusedException if the text of one line is too long or has characters that cannot be shown */
    public static void check(String text, String place, int most) {
        check(text, place, most, false);
    }

    private static void check(String text, String place, int most, boolean lines) {
        if (text.length() > most) {
            throw new RefusedException(place, "has " + text.length() + " characters", "give at most " + most);
        }
        var unsafe = UNSAFE.matcher(lines ? LINE_BREAKS.matcher(text).replaceAll(" ") : text);
        if (unsafe.find()) {
            throw new RefusedException(
                    place,
                    "has the character U+%04X at %d"
                            .formatted((int) unsafe.group().charAt(0), unsafe.start()),
                    "use characters that can be shown");
        }
    }
}
