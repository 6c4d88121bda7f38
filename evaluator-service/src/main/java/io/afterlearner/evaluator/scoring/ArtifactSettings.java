package io.afterlearner.evaluator.scoring;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Where models and data may come from, and limits of downloads.
 *
 * @param fileRoots directories that file: URIs may lie under; empty allows none
 * @param httpHosts hosts that http: and https: URIs may name; empty allows all
 * @param workDirectory where downloads are kept
 * @param maxWorkBytes limit of all kept downloads
 * @param timeout limit of connecting, and of a whole download
 */
public record ArtifactSettings(
        List<Path> fileRoots, List<String> httpHosts, Path workDirectory, long maxWorkBytes, Duration timeout) {}
