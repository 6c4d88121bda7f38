package io.afterlearner.evaluation.fetch;

import java.io.Closeable;
import java.io.InputStream;

/**
 * A response with a file's bytes, from one of them to the end.
 *
 * @param fromBytes where in the file the body begins
 * @param lengthBytes of the body; -1 if unknown
 * @param isFramed whether a body that is cut short can be detected
 * @param encoding such as identity or gzip
 * @param hangUp ends the response, whatever is left of it
 */
record Answer(
        InputStream body, long fromBytes, long lengthBytes, boolean isFramed, String encoding, Closeable hangUp) {}
