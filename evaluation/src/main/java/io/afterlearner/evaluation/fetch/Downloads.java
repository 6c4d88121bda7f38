package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.data.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files fetched by HTTP, kept in a folder under their SHA-256. A file asked for by digest is fetched once; one asked for
 * without a digest may have changed, so it is fetched each time. A file appears whole and checked, or not at all. Processes
 * may share the folder. Thread-safe.
 */
public final class Downloads {
    private final Kept kept;
    private final Policy policy;
    private final Http http;
    private final Consumer<String> news;

    /**
     * @param folder is created if missing
     * @param news receives one line for each file that was fetched or reused, with the path where it is kept
     */
    public Downloads(Path folder, Policy policy, Consumer<String> news) {
        this.kept = new Kept(folder, policy, news);
        this.policy = policy;
        this.http = new Http(policy);
        this.news = news;
    }

    /**
     * The file at this address.
     *
     * @param sha256 of its bytes, lower-case hex; null accepts any that {@code check} accepts
     * @param check throws a FetchException for a file that is not what the caller needs; not asked if there is a digest
     * @throws FetchException if the policy forbids it, the server refuses, or the file is larger or has another digest
     */
    public Path fetch(URI uri, @Nullable String sha256, long maxBytes, Consumer<Path> check) {
        try {
            Path known = sha256 == null ? null : kept.find(sha256);
            if (known != null) {
                news.accept("using " + known + ", kept from " + Shown.of(uri));
                return known;
            }
            return download(uri, sha256, Math.min(maxBytes, policy.maxKeptBytes()), check);
        } catch (IOException e) {
            throw failed(
                    uri,
                    "cannot be fetched: " + Refusal.reason(e),
                    policy.fixes().time(),
                    e);
        } catch (DataException e) {
            throw failed(
                    uri, "cannot be kept: " + e.refusal().problem(), e.refusal().fix(), e);
        }
    }

    private static FetchException failed(URI uri, String why, String fix, Exception cause) {
        return new FetchException(new Refusal(Shown.of(uri) + " " + why, fix), cause, null);
    }

    private Path download(URI uri, @Nullable String sha256, long maxBytes, Consumer<Path> check) throws IOException {
        Path part = part(uri);
        try {
            http.get(uri, part, maxBytes, sha256 != null);
            String found = Digest.sha256(part);
            if (!found.equals(sha256)) {
                Stranger.check(uri, part);
                if (sha256 != null) {
                    throw new FetchException(
                            new Refusal(
                                    Shown.of(uri) + " has the digest " + found + ", not " + sha256,
                                    "use the original file or update the digest"),
                            null,
                            found);
                }
                check.accept(part);
            }
            String size = Shown.bytes(Files.size(part));
            Path file = keep(uri, part, found);
            news.accept("fetched " + Shown.of(uri) + " (" + size + "), kept as " + file);
            return file;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Path part(URI uri) {
        try {
            Path part = kept.part();
            kept.sweep();
            return part;
        } catch (IOException e) {
            throw notKept(uri, e);
        }
    }

    private Path keep(URI uri, Path part, String sha256) {
        try {
            return kept.keep(part, sha256);
        } catch (IOException e) {
            throw notKept(uri, e);
        }
    }

    private NotKeptException notKept(URI uri, IOException e) {
        return new NotKeptException(
                new Refusal(
                        Shown.of(uri) + " cannot be kept in " + kept.folder() + ": " + Refusal.reason(e),
                        policy.fixes().folder()),
                e);
    }

    /**
     * A file with others beside it, under the names by which it refers to them.
     *
     * @param identity of all files together
     * @param beside by relative path
     * @return the same file, in a folder of its own
     */
    public Path together(String identity, Path file, SortedMap<String, Path> beside) {
        byte[] name = Digest.sha256().digest(identity.getBytes(StandardCharsets.UTF_8));
        Path home = kept.folder().resolve(Kept.TOGETHER + HexFormat.of().formatHex(name));
        Path whole = home.resolve(file.getFileName());
        try {
            for (Map.Entry<String, Path> other : beside.entrySet()) {
                link(home.resolve(other.getKey()).normalize(), other.getValue());
            }
            link(whole, file);
            return whole;
        } catch (IOException e) {
            throw new NotKeptException(
                    new Refusal(
                            home + " cannot be written: " + Refusal.reason(e),
                            policy.fixes().folder()),
                    e);
        }
    }

    /** A hard link takes no space. An existing file is replaced, because it may be incomplete. */
    private static void link(Path link, Path file) throws IOException {
        Files.createDirectories(link.resolveSibling("."));
        Path part = link.resolveSibling("." + UUID.randomUUID());
        try {
            linkOrCopy(part, file);
            Files.move(part, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void linkOrCopy(Path link, Path file) throws IOException {
        try {
            Files.createLink(link, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(file, link);
        }
    }
}
