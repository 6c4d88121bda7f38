package io.afterlearner.kafka;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

/**
 * Makes a service's log safe to read on a terminal. The keys and texts of records may contain terminal codes, and characters that
 * reverse or hide text. Each of these is written as a JSON escape.
 */
public final class SafeLog {
    /** As in {@code io.afterlearner.aleph.Printable}, which services cannot use. Line ends belong to the log's format. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\\p{Cn}&&[^\\r\\n\\t]]");

    private SafeLog() {}

    /** Wraps the formatter of each handler, once. */
    public static void install(Handler... handlers) {
        for (Handler handler : handlers) {
            Formatter formatter = handler.getFormatter();
            if (formatter != null && !(formatter instanceof Safe)) {
                handler.setFormatter(new Safe(formatter));
            }
        }
    }

    private static String safe(String text) {
        return UNPRINTABLE.matcher(text).replaceAll(found -> escaped(found.group()));
    }

    private static String escaped(String character) {
        StringBuilder escapes = new StringBuilder();
        character.chars().forEach(unit -> escapes.append(String.format("\\\\u%04x", unit)));
        return escapes.toString();
    }

    private static final class Safe extends Formatter {
        private final Formatter plain;

        Safe(Formatter plain) {
            this.plain = plain;
        }

        @Override
        public String format(LogRecord entry) {
            return safe(plain.format(entry));
        }

        @Override
        public String getHead(Handler handler) {
            return plain.getHead(handler);
        }

        @Override
        public String getTail(Handler handler) {
            return plain.getTail(handler);
        }
    }
}
