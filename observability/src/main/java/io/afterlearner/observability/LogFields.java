package io.afterlearner.observability;

import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.MDC;

/**
 * Fields of every line that a thread logs during some work. Logs as JSON show them; plain logs do not. Do not nest them, and do
 * not use them around a record that costs microseconds: there, put them around the logging alone.
 *
 * <pre>{@code
 * LogFields.study("depth-1a2b3c4d").candidate(7).pool("gpu").during(() -> scored(candidate));
 * LogFields.study("depth-1a2b3c4d").log(() -> LOG.info("begins"));
 * }</pre>
 */
public final class LogFields {

    /** Some work. */
    @FunctionalInterface
    public interface Work<R, E extends Exception> {
        R done() throws E;
    }

    private final Map<String, String> fields = new TreeMap<>();

    private LogFields() {}

    public static LogFields study(String study) {
        return new LogFields().with("study", study);
    }

    public LogFields candidate(long number) {
        return with("candidate", Long.toString(number));
    }

    public LogFields pool(String pool) {
        return with("pool", pool);
    }

    private LogFields with(String name, String value) {
        fields.put(name, value);
        return this;
    }

    public <R, E extends Exception> R during(Work<R, E> work) throws E {
        fields.forEach(MDC::put);
        try {
            return work.done();
        } finally {
            fields.keySet().forEach(MDC::remove);
        }
    }

    public void log(Runnable line) {
        var unused = during(() -> {
            line.run();
            return true;
        });
    }
}
