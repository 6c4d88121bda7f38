package io.afterlearner.kafka;

import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Makes a service's log safe to read on a terminal. The keys and texts of records may contain terminal codes, and characters that
 * reverse or hide text. Each of these is written as a JSON escape.
 */
public final class SafeLog {
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

    private static final class Safe extends Formatter {
        private final Formatter plain;

        Safe(Formatter plain) {
            this.plain = plain;
        }

        @Override
        public String format(LogRecord entry) {
            return SafeText.text(plain.format(entry));
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
