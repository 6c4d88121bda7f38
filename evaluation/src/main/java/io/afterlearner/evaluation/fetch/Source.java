package io.afterlearner.evaluation.fetch;

import java.io.IOException;
import java.net.URI;

/** Where files are fetched from. Thread-safe. */
interface Source {

    /**
     * Asks for a file. The caller hangs up.
     *
     * @param fromBytes the first byte wanted; the answer may begin earlier
     * @param deadlineNanos on the clock of {@link System#nanoTime}
     * @throws FetchException if it may not be asked for, or is refused
     * @throws IOException if the connection breaks
     */
    Answer open(URI uri, long fromBytes, long deadlineNanos) throws IOException;
}
