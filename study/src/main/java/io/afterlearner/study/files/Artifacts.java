package io.afterlearner.study.files;

import io.afterlearner.aleph.AlephException;
import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.graph.Model;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Dataset;
import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.evaluation.fetch.Downloads;
import io.afterlearner.evaluation.fetch.FetchException;
import io.afterlearner.evaluation.fetch.Policy;
import io.afterlearner.evaluation.fetch.Uses;
import io.afterlearner.evaluation.s3.S3Settings;
import io.afterlearner.evaluation.s3.S3Store;
import io.afterlearner.schemas.Artifact;
import io.afterlearner.schemas.ArtifactUris;
import io.afterlearner.schemas.ModelFile;
import io.afterlearner.study.InputException;
import io.afterlearner.study.yaml.Yaml;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Finds the files that a study names: relative to the study.yaml, absolute, {@code file:}, or fetched by {@code http(s):} or {@code s3:}.
 * What was fetched is kept until this process ends.
 *
 * @param folder relative paths start from here
 * @param downloads where fetched files are kept
 */
public record Artifacts(Path folder, Downloads downloads) {
    static final long MAX_BYTES = 2L << 30;
    private static final long MAX_KEPT_BYTES = 16L << 30;
    static final Uses USES = new Uses();
    private static final Policy POLICY = new Policy(
            List.of(),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofHours(6),
            MAX_KEPT_BYTES,
            new Policy.Fixes(
                    "",
                    "check the connection and the server",
                    "use a smaller file",
                    "free space, or choose another folder with --home"));

    /**
     * A model with all its files.
     *
     * @param path the model, with its external data beside it
     * @param files its external data
     */
    public record FoundModel(Path path, Artifact artifact, List<ModelFile> files) {}

    /** A file that exists, with the digest that identifies it everywhere. */
    public record Found(Path path, Artifact artifact) {}

    /**
     * Downloads in a folder, 16 GiB at most.
     *
     * @param news receives one line for each file that was fetched or reused, with the path where it is kept
     */
    public static Downloads downloads(Path folder, Consumer<String> news) {
        return new Downloads(folder, POLICY, new S3Store(s3(), POLICY.idleWithin()), news);
    }

    private static S3Settings s3() {
        try {
            return S3Settings.ofProcess();
        } catch (IllegalArgumentException e) {
            throw new InputException("afterlearner: " + e.getMessage());
        }
    }

    /** @throws InputException at the place of the path or of the digest */
    public Found find(FileKey key) {
        return find(key, file -> {});
    }

    /** Like {@link #find}, for a file of examples. */
    public Found findData(FileKey key) {
        return find(key, Dataset::requireArchive);
    }

    private Found find(FileKey key, Consumer<Path> check) {
        boolean remote = isRemote(key);
        Path path = remote ? fetched(key, check) : local(key);
        String sha256 = digest(key, path);
        if (key.digest() != null && !sha256.equals(key.sha256())) {
            throw otherDigest(key, sha256);
        }
        String uri = remote ? key.uri() : path.toUri().toString();
        return new Found(path, new Artifact(uri, sha256));
    }

    /**
     * A model and the files that it reads tensors from, which lie beside it or are fetched from beside its URL.
     *
     * @throws InputException at the place of the path or of the digest
     */
    public FoundModel findModel(FileKey key) {
        Found model = find(key, Model::externalData);
        boolean remote = isRemote(key);
        SortedMap<String, Path> beside = new TreeMap<>();
        List<ModelFile> files = new ArrayList<>();
        for (String location : locations(key, model.path())) {
            FileKey file = new FileKey(key.at(), remote ? uri(key, location) : location, null, null);
            Path path = remote ? fetched(file, bytes -> {}) : model.path().resolveSibling(location);
            String uri = remote ? file.uri() : path.toUri().toString();
            beside.put(location, path);
            files.add(new ModelFile(location, new Artifact(uri, digest(file, path))));
        }
        boolean apart = remote && !files.isEmpty();
        Path whole = apart ? together(model, files, beside) : model.path();
        return new FoundModel(whole, model.artifact(), List.copyOf(files));
    }

    private Path together(Found model, List<ModelFile> files, SortedMap<String, Path> beside) {
        return downloads.together(model.artifact().getSha256() + files, model.path(), beside, USES);
    }

    private static SortedSet<String> locations(FileKey key, Path model) {
        try {
            return Model.externalData(model);
        } catch (AlephException e) {
            throw key.at().error(e.refusal());
        }
    }

    private static String uri(FileKey key, String location) {
        try {
            return URI.create(key.uri())
                    .resolve(new URI(null, null, "./" + location, null))
                    .toString();
        } catch (URISyntaxException e) {
            throw key.at()
                    .error(
                            "reads tensors from " + location + ", which is no path: " + e.getMessage(),
                            "save the model again");
        }
    }

    private static boolean isRemote(FileKey key) {
        return key.uri().toLowerCase(Locale.ROOT).matches("(https?|s3):.*");
    }

    private static URI uri(FileKey key) {
        String problem = ArtifactUris.problem(key.uri());
        if (problem != null) {
            throw key.at().error(problem, ArtifactUris.fix());
        }
        return URI.create(key.uri());
    }

    /** @param check throws an exception of a refusal if the file is not what the study needs */
    private Path fetched(FileKey key, Consumer<Path> check) {
        try {
            return downloads.fetch(uri(key), key.sha256(), MAX_BYTES, file -> check(key, check, file), USES);
        } catch (FetchException e) {
            String found = e.found();
            throw found == null ? key.at().error(e.refusal()) : otherDigest(key, found);
        } catch (IllegalArgumentException e) {
            throw key.at().error(key.uri() + " is not a URL: " + e.getMessage(), "correct it");
        }
    }

    private static void check(FileKey key, Consumer<Path> check, Path file) {
        try {
            check.accept(file);
        } catch (AlephException e) {
            throw new FetchException(named(key, file, e.refusal()), e);
        } catch (DataException e) {
            throw new FetchException(named(key, file, e.refusal()), e);
        }
    }

    /** Removes the file's temporary name, which says nothing to a person. */
    private static Refusal named(FileKey key, Path file, Refusal refusal) {
        String problem = refusal.problem().replace(file.toString(), "it");
        return new Refusal(problem.replace(file.getFileName() + ": ", ""), refusal.fix()).in(key.uri());
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
        if (Files.isDirectory(path)) {
            throw key.at()
                    .error(
                            path + " is a folder, which is not supported",
                            key.at().place().startsWith("model")
                                    ? "give the .onnx file"
                                    : "give a file; save a folder of images as one array with numpy.savez");
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
                        .error(
                                key.uri() + " has an unknown scheme",
                                "give a path, or a file:, http:, https: or s3: URL");
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
