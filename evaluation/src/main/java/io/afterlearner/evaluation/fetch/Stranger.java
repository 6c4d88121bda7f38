package io.afterlearner.evaluation.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Answers that servers give with status 200 instead of the file: web pages, and pointers of Git LFS. */
final class Stranger {
    private static final int LOOKED_AT = 512;

    private Stranger() {}

    /** @throws FetchException if the file begins like one of them */
    static void check(URI uri, Path file) throws IOException {
        String start;
        try (InputStream in = Files.newInputStream(file)) {
            start = new String(in.readNBytes(LOOKED_AT), StandardCharsets.ISO_8859_1)
                    .strip()
                    .toLowerCase(Locale.ROOT);
        }
        if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
            throw new FetchException(
                    Shown.of(uri) + " answers with a web page instead of the file", "give the address of the raw file");
        }
        if (start.startsWith("version https://git-lfs.github.com/spec/")) {
            throw new FetchException(
                    Shown.of(uri) + " answers with a Git LFS pointer instead of the file",
                    "give the address from which the file itself is downloaded");
        }
    }
}
