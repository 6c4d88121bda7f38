package io.afterlearner.study;

import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.schemas.Artifact;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Finds the files a study names: relative to the study.yaml, absolute, {@code file:}, or fetched by {@code http(s):}.
 *
 * @param folder relative paths start from here
 * @param downloads where fetched files are kept
 */
record Artifacts(Path folder, Path downloads) {

    /** A file that is there, with the digest that both sides know it by. */
    record Found(Path path, Artifact artifact) {}

    /**
     * @throws InputException at the place of the path or of the digest
     */
    Found find(FileKey key) {
        boolean remote = key.uri().toLowerCase(Locale.ROOT).matches("https?://.*");
        Path path = remote ? new Download(downloads).fetch(key) : local(key);
        String sha256 = digest(key, path);
        Yaml digest = key.digest();
        if (digest != null && !sha256.equals(key.sha256())) {
            throw digest.error("is not the digest of " + key.uri() + ", which has " + sha256
                    + "; take the file it was made of, or correct it");
        }
        String uri = remote ? key.uri() : path.toUri().toString();
        return new Found(path, new Artifact(uri, sha256));
    }

    /** One that is here already. */
    Path local(FileKey key) {
        Path path = folder.resolve(path(key)).normalize();
        if (!Files.exists(path)) {
            throw key.at().error("there is no file " + path + "; paths are relative to the study.yaml");
        }
        if (!Files.isRegularFile(path)) {
            throw key.at().error(path + " is not a file");
        }
        return path;
    }

    private static Path path(FileKey key) {
        try {
            if (key.uri().startsWith("file:")) {
                return Path.of(URI.create(key.uri()));
            }
            if (key.uri().matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
                throw key.at().error(key.uri() + " is neither a path nor file:, http: or https:");
            }
            return Path.of(key.uri());
        } catch (IllegalArgumentException e) {
            throw key.at().error(key.uri() + " is not a path: " + InputException.reason(e));
        }
    }

    private static String digest(FileKey key, Path path) {
        try {
            return Digest.sha256(path);
        } catch (DataException e) {
            throw key.at().error(InputException.reason(e));
        }
    }
}
