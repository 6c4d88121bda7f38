package io.afterlearner.evaluator.scoring;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.DataException.Subject;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.evaluation.fetch.Downloads;
import io.afterlearner.evaluation.fetch.FetchException;
import io.afterlearner.evaluation.fetch.NotKeptException;
import io.afterlearner.evaluation.fetch.Policy;
import io.afterlearner.evaluation.fetch.Uses;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluation.s3.S3Store;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.ModelFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Models and data by URI and digest. Files are read only from below the allowed roots, after symbolic links are resolved.
 * Thread-safe.
 */
public final class Artifacts {
    private static final Logger LOG = Logger.getLogger(Artifacts.class);
    /** Limit of connecting, of waiting for a response, and of a body that stalls. */
    private static final Duration MAX_STEP = Duration.ofSeconds(60);

    /**
     * Where models and data may come from, and limits of downloads.
     *
     * @param fileRoots directories that file: URIs may lie under; empty allows none
     * @param httpHosts hosts that http: and https: URIs may name; empty allows all
     * @param s3 for s3: URIs
     * @param workDirectory where downloads are kept
     * @param maxWorkBytes limit of all kept downloads
     * @param timeout limit of a whole download
     */
    public record Settings(
            List<Path> fileRoots,
            List<String> httpHosts,
            S3Settings s3,
            Path workDirectory,
            long maxWorkBytes,
            Duration timeout) {}

    private final List<Path> roots;
    private final Downloads downloads;

    public Artifacts(Settings settings) {
        this.roots = settings.fileRoots();
        Policy policy = policy(settings);
        this.downloads = new Downloads(
                settings.workDirectory(), policy, new S3Store(settings.s3(), policy.idleWithin()), LOG::info);
    }

    private static Policy policy(Settings settings) {
        Duration step = settings.timeout().compareTo(MAX_STEP) < 0 ? settings.timeout() : MAX_STEP;
        return new Policy(
                settings.httpHosts(),
                step,
                step,
                settings.timeout(),
                settings.maxWorkBytes(),
                new Policy.Fixes(
                        "add it to afterlearner.evaluator.http-hosts",
                        "check the server, or raise afterlearner.evaluator.download-timeout",
                        "use a smaller file, or raise afterlearner.evaluator.max-model-mib, max-data-mib or work-mib",
                        "free space, or set afterlearner.evaluator.work-dir"));
    }

    /**
     * A file whose bytes have the artifact's digest.
     *
     * @param subject what it is, for errors
     * @param uses keeps a download until it is closed
     * @throws DataException if it may not or cannot be read, is larger, or has another digest
     * @throws UnableException if a download cannot be kept here
     */
    Path fetch(Subject subject, Artifact artifact, long maxBytes, Uses uses) {
        try {
            return fetch(artifact, maxBytes, uses);
        } catch (DataException e) {
            throw new DataException(subject, e.refusal(), e);
        } catch (NotKeptException e) {
            throw new UnableException(e.refusal(), e);
        } catch (FetchException e) {
            throw new DataException(subject, e.refusal(), e);
        } catch (IOException e) {
            throw new DataException(
                    subject,
                    new Refusal(
                            artifact.getUri() + " cannot be read: " + Refusal.reason(e),
                            "check that the evaluator's user may read it"),
                    e);
        }
    }

    /**
     * A model with its external data beside it, all of which have the digests of the study.
     *
     * @throws DataException as {@link #fetch}, or if the model reads other files than the study lists
     */
    Path fetchModel(Artifact model, List<ModelFile> files, long maxBytes, Uses uses) {
        Path file = fetch(Subject.MODEL, model, maxBytes, uses);
        SortedMap<String, Path> beside = new TreeMap<>();
        for (ModelFile each : files) {
            beside.put(each.getLocation(), fetch(Subject.MODEL, each.getArtifact(), maxBytes, uses));
        }
        SortedSet<String> named = Model.externalData(file);
        if (!named.equals(beside.keySet())) {
            throw new DataException(
                    Subject.MODEL,
                    model.getUri() + " reads tensors from " + named + ", but the study has the digests of "
                            + beside.keySet(),
                    "create the study again");
        }
        return isBeside(file, beside) ? file : together(model.getSha256() + files, file, beside, uses);
    }

    private static boolean isBeside(Path file, SortedMap<String, Path> beside) {
        return beside.entrySet().stream()
                .allMatch(each -> file.resolveSibling(each.getKey()).normalize().equals(each.getValue()));
    }

    private Path together(String identity, Path file, SortedMap<String, Path> beside, Uses uses) {
        try {
            return downloads.together(identity, file, beside, uses);
        } catch (NotKeptException e) {
            throw new UnableException(e.refusal(), e);
        } catch (FetchException e) {
            throw new DataException(Subject.MODEL, e.refusal(), e);
        }
    }

    private Path fetch(Artifact artifact, long maxBytes, Uses uses) throws IOException {
        if (!artifact.getSha256().matches("[0-9a-f]{64}")) {
            throw new DataException("sha256 is not 64 lower-case hex digits", "give what sha256sum prints");
        }
        URI uri = uri(artifact.getUri());
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> local(uri, artifact.getSha256(), maxBytes);
            case "http", "https", "s3" -> downloads.fetch(uri, artifact.getSha256(), maxBytes, file -> {}, uses);
            default -> throw new DataException(uri + " has the scheme " + scheme, "use file, http, https or s3");
        };
    }

    private static URI uri(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getScheme() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    "\"" + text + "\" is not a URI: " + e.getMessage(), "give a file:, http:, https: or s3: URI", e);
        }
        throw new DataException("\"" + text + "\" is not an absolute URI", "start it with file:, http:, https: or s3:");
    }

    private Path local(URI uri, String sha256, long maxBytes) throws IOException {
        Path real;
        try {
            real = Path.of(uri).toRealPath();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new DataException(
                    uri + " is not a file on the evaluator's machine", "copy it there, or serve it by http or s3", e);
        }
        if (!isUnderRoot(real)) {
            throw new DataException(
                    uri + " is not in a directory that this evaluator may read",
                    "add one to afterlearner.evaluator.file-roots");
        }
        if (Files.size(real) > maxBytes) {
            throw new DataException(
                    uri + " has " + Files.size(real) + " bytes, over this evaluator's limit of " + maxBytes,
                    "raise afterlearner.evaluator.max-model-mib or max-data-mib");
        }
        check(Subject.DATA, uri, Digest.sha256(real), sha256);
        return real;
    }

    private boolean isUnderRoot(Path real) throws IOException {
        for (Path root : roots) {
            if (Files.isDirectory(root) && real.startsWith(root.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    /** Compares digests: a file may change between the check and the reading. */
    static void check(Subject subject, Object where, String found, String wanted) {
        if (!found.equals(wanted)) {
            throw new DataException(
                    subject,
                    where + " has the digest " + found + ", not " + wanted
                            + ", because it changed after the study was created",
                    "create the study again");
        }
    }
}
