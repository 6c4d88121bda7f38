package io.afterlearner.http;

/**
 * What a service must have read before it can answer. Implement it in a bean; the service is then not ready (health) until
 * the tables are read, and its resources refuse with 503:
 *
 * <pre>{@code
 * tables.require();
 * }</pre>
 */
public interface Tables {
    /** Whether all that was on the topics at the start has been read. */
    boolean isReady();

    /** Throws a 503 problem unless the tables are read. */
    default void require() {
        if (!isReady()) {
            throw Problem.later(1, "the service is still reading its topics; try again in a moment");
        }
    }
}
