package io.afterlearner.evaluation.fetch;

import java.time.Duration;
import java.util.List;

/**
 * Limits of downloads: hosts, time and space.
 *
 * @param hosts hosts that may be asked, in lower case; empty allows all
 * @param answerWithin limit of connecting, and of waiting for the headers of a response
 * @param idleWithin while the body arrives, each such period must bring at least 1 KiB per second
 * @param wholeWithin limit of a whole download, redirects included
 * @param maxKeptBytes limit of all files kept; beyond it the least recently used are deleted
 * @param fixes how to fix a download that a limit ended, for error messages
 */
public record Policy(
        List<String> hosts,
        Duration answerWithin,
        Duration idleWithin,
        Duration wholeWithin,
        long maxKeptBytes,
        Fixes fixes) {

    /**
     * @param hosts how to allow another host
     * @param time how to allow more time
     * @param size how to allow a larger file
     * @param folder how to keep downloads elsewhere
     */
    public record Fixes(String hosts, String time, String size, String folder) {}
}
