package io.afterlearner.evaluator.scoring;

import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.schemas.Artifact;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Models and data by URI and digest. Files only from below the roots that were allowed, symbolic links resolved first;
 * downloads are kept by digest, the least recently used go when room runs out. Thread-safe.
 */
public final class Artifacts {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    /** What was asked for so recently may be about to be read: it is not deleted, whatever the room. */
    private static final Duration SAFE = Duration.ofMinutes(1);

    private final ArtifactSettings settings;
    private final Downloads downloads;

    public Artifacts(ArtifactSettings settings, Downloads downloads) {
        this.settings = settings;
        this.downloads = downloads;
    }

    /**
     * A file with the artifact's bytes: their digest was compared.
     *
     * @param what in errors, such as "model"
     * @throws DataException if it may not be read, cannot be, is larger, or has another digest
     */
    Path fetch(String what, Artifact artifact, long maxBytes) {
        if (!SHA256.matcher(artifact.getSha256()).matches()) {
            throw new DataException(what + ": sha256 must be 64 lower-case hex digits");
        }
        URI uri = uri(what, artifact.getUri());
        try {
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            return switch (scheme) {
                case "file" -> local(what, uri, artifact.getSha256(), maxBytes);
                case "http", "https" -> kept(what, uri, artifact.getSha256(), maxBytes);
                default ->
                    throw new DataException(
                            what + ": " + uri + " has the scheme " + scheme + "; file, http and https are known");
            };
        } catch (IOException e) {
            throw new DataException(what + ": " + uri + " cannot be read: " + e, e);
        }
    }

    private static URI uri(String what, String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getScheme() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new DataException(what + ": \"" + text + "\" is no URI: " + e.getMessage(), e);
        }
        throw new DataException(what + ": \"" + text + "\" is no absolute URI; start it with file:, http: or https:");
    }

    private Path local(String what, URI uri, String sha256, long maxBytes) throws IOException {
        Path real;
        try {
            real = Path.of(uri).toRealPath();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new DataException(what + ": " + uri + " names no file of this machine", e);
        }
        if (!underRoot(real)) {
            throw new DataException(what + ": " + uri + " is not below a directory this evaluator may read;"
                    + " add one to afterlearner.evaluator.file-roots");
        }
        if (Files.size(real) > maxBytes) {
            throw new DataException(what + ": " + uri + " has " + Files.size(real)
                    + " bytes, over this evaluator's limit of " + maxBytes);
        }
        check(what, uri, Digest.sha256(real), sha256);
        return real;
    }

    private boolean underRoot(Path real) throws IOException {
        for (Path root : settings.fileRoots()) {
            if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    static void check(String what, Object where, String found, String wanted) {
        if (!found.equals(wanted)) {
            throw new DataException(what + ": " + where + " has the digest " + found + ", the study wants " + wanted
                    + "; it changed since the study was made");
        }
    }

    private Path kept(String what, URI uri, String sha256, long maxBytes) throws IOException {
        Path directory = Files.createDirectories(settings.workDirectory());
        Path kept = directory.resolve(sha256);
        if (Files.isRegularFile(kept) && Digest.sha256(kept).equals(sha256)) {
            Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
            return kept;
        }
        Path part = Files.createTempFile(directory, "part-", "");
        try {
            check(what, uri, downloads.download(what, uri, part, Math.min(maxBytes, settings.maxWorkBytes())), sha256);
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        makeRoom(directory);
        return kept;
    }

    private synchronized void makeRoom(Path directory) throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(directory)) {
            newestFirst = files.filter(file ->
                            SHA256.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(Artifacts::usedAt).reversed())
                    .toList();
        }
        long taken = 0;
        Instant safe = Instant.now().minus(SAFE);
        for (Path file : newestFirst) {
            taken += file.toFile().length();
            if (taken > settings.maxWorkBytes() && usedAt(file).isBefore(safe)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static Instant usedAt(Path file) {
        return Instant.ofEpochMilli(file.toFile().lastModified());
    }
}
