package io.afterlearner.feedback.shell;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A record without a value on the topic of exposures: forget the assignments of one unit. Each partition gets it, also those in
 * which an older version put assignments of the unit. Versions that do not know it ignore it.
 *
 * @param assignments what the ids of the unit's assignments begin with; record key
 * @param untilMillis when the last of its open windows ends, epoch milliseconds; a header
 */
public record UnitTombstone(String assignments, long untilMillis) {
    private static final String UNTIL = "afterlearner-forget-until";
    /** Anything shorter would be the beginning of other units' assignments as well. */
    private static final Pattern BEGINNING = Pattern.compile("[0-9a-f]{1,16}-");

    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,18}");

    public static boolean isOne(Headers headers) {
        return headers.lastHeader(UNTIL) != null;
    }

    /** Null if the record is malformed. */
    public static @Nullable UnitTombstone read(@Nullable String key, Headers headers) {
        Header until = headers.lastHeader(UNTIL);
        if (key == null || until == null || until.value() == null) {
            return null;
        }
        String text = new String(until.value(), StandardCharsets.UTF_8);
        return BEGINNING.matcher(key).matches() && MILLIS.matcher(text).matches()
                ? new UnitTombstone(key, Long.parseLong(text))
                : null;
    }

    public Map<String, String> headers() {
        return Map.of(UNTIL, Long.toString(untilMillis));
    }
}
