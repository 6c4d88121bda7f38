package io.afterlearner.evaluation.fetch;

import java.time.Duration;
import java.util.List;

/**
 * Limits of downloads: hosts, time and space.
 *
 * @param hosts hosts that may be asked, in lower case; empty allows all
 * @param hostsFix how to allow another host, for error messages
 * @param answerWithin limit of connecting, and of waiting for an answer
 * @param wholeWithin limit of a whole download
 * @param timeFix what to do about a download that takes longer, for error messages
 * @param maxKeptBytes limit of all files kept; beyond it the least recently used are deleted
 */
public record Policy(
        List<String> hosts,
        String hostsFix,
        Duration answerWithin,
        Duration wholeWithin,
        String timeFix,
        long maxKeptBytes) {}
