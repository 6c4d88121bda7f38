package io.afterlearner.study.files;

import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.evaluation.fetch.Downloads;
import io.afterlearner.evaluation.fetch.FetchException;
import io.afterlearner.evaluation.fetch.Policy;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.study.InputException;
import io.afterlearner.study.yaml.Yaml;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Finds the files that a study names: relative to the study.yaml, absolute, {@code file:}, or fetched by {@code http(s):}.
 *
 * @param folder relative paths start from here
 * @param downloads where fetched files are kept
 */
public record Artifacts(Path folder, Path downloads) {
    private static final long MAX_BYTES = 2L << 30;
    private static final Policy POLICY = new Policy(
            List.of(), "", Duration.ofSeconds(60), Duration.ofHours(6), "check the connection", Long.MAX_VALUE);

    /** A file that exists, with the digest that identifies it everywhere. */
    public record Found(Path path, Artifact artifact) {}

    /** @throws InputException at the place of the path or of the digest */
    public Found find(FileKey key) {
        boolean remote = key.uri().toLowerCase(Locale.ROOT).matches("https?://.*");
        Path path = remote ? fetched(key) : local(key);
        String sha256 = digest(key, path);
        if (key.digest() != null && !sha256.equals(key.sha256())) {
            throw otherDigest(key, sha256);
        }
        String uri = remote ? key.uri() : path.toUri().toString();
        return new Found(path, new Artifact(uri, sha256));
    }

    private Path fetched(FileKey key) {
        try {
            return new Downloads(downloads, POLICY).fetch(URI.create(key.uri()), key.sha256(), MAX_BYTES);
        } catch (FetchException e) {
            String found = e.found();
            throw found == null ? key.at().error(e.refusal()) : otherDigest(key, found);
        } catch (IllegalArgumentException e) {
            throw key.at().error(key.uri() + " is not a URL: " + e.getMessage(), "correct it");
        }
    }

    private static InputException otherDigest(FileKey key, String found) {
        Yaml at = key.digest() == null ? key.at() : key.digest();
        return at.error(
                "is not the digest of " + key.uri() + ", which has " + found,
                "use the original file or update the digest");
    }

    /** A file on this machine. */
    public Path local(FileKey key) {
        Path path = folder.resolve(path(key)).normalize();
        if (!Files.exists(path)) {
            throw key.at().error("there is no file " + path, "give a path relative to the study.yaml");
        }
        if (!Files.isRegularFile(path)) {
            throw key.at().error(path + " is not a file", "give a file");
        }
        return path;
    }

    private static Path path(FileKey key) {
        try {
            if (key.uri().startsWith("file:")) {
                return Path.of(URI.create(key.uri()));
            }
            if (key.uri().matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
                throw key.at()
                        .error(key.uri() + " has an unknown scheme", "give a path, or a file:, http: or https: URL");
            }
            return Path.of(key.uri());
        } catch (IllegalArgumentException e) {
            throw key.at().error(key.uri() + " is not a path: " + InputException.reason(e), "correct it");
        }
    }

    private static String digest(FileKey key, Path path) {
        try {
            return Digest.sha256(path);
        } catch (DataException e) {
            throw key.at().error(e.refusal());
        }
    }
}
