package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.evaluation.data.Digest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files fetched by HTTP, kept in a folder under their SHA-256. A file asked for by digest is fetched once; one asked for
 * without a digest may have changed, so it is fetched each time. A file appears whole or not at all. Thread-safe.
 */
public final class Downloads {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    /** A file that was requested this recently may be read soon, so it is kept even beyond the limit. */
    private static final Duration SAFE = Duration.ofMinutes(1);

    private static final String TOGETHER = "together-";

    private final Path folder;
    private final Policy policy;
    private final Http http;

    /** @param folder is created if missing */
    public Downloads(Path folder, Policy policy) {
        this.folder = folder;
        this.policy = policy;
        this.http = new Http(policy);
    }

    /**
     * The file at this address.
     *
     * @param sha256 of its bytes, lower-case hex; null accepts any
     * @throws FetchException if the policy forbids it, the server refuses, or the file is larger or has another digest
     */
    public Path fetch(URI uri, @Nullable String sha256, long maxBytes) {
        try {
            Files.createDirectories(folder);
            Path kept = sha256 == null ? null : kept(sha256);
            return kept == null ? download(uri, sha256, Math.min(maxBytes, policy.maxKeptBytes())) : kept;
        } catch (IOException e) {
            throw new FetchException(new Refusal(uri + " cannot be fetched: " + Refusal.reason(e), ""), e, null);
        }
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
        Path home = folder.resolve(TOGETHER + HexFormat.of().formatHex(name));
        Path whole = home.resolve(file.getFileName());
        try {
            for (Map.Entry<String, Path> other : beside.entrySet()) {
                link(home.resolve(other.getKey()).normalize(), other.getValue());
            }
            link(whole, file);
            return whole;
        } catch (IOException e) {
            throw new FetchException(new Refusal(home + " cannot be written: " + e, ""), e, null);
        }
    }

    /** A hard link takes no room. Whatever is there already is replaced: it may have been cut short. */
    private static void link(Path link, Path file) throws IOException {
        Files.createDirectories(link.resolveSibling("."));
        Path part = link.resolveSibling("." + UUID.randomUUID());
        try {
            Files.createLink(part, file);
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.copy(file, part);
        }
        Files.move(part, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private @Nullable Path kept(String sha256) throws IOException {
        Path kept = folder.resolve(sha256);
        if (!SHA256.matcher(sha256).matches()
                || !Files.isRegularFile(kept)
                || !Digest.sha256(kept).equals(sha256)) {
            return null;
        }
        Files.setLastModifiedTime(kept, FileTime.from(Instant.now()));
        return kept;
    }

    private Path download(URI uri, @Nullable String sha256, long maxBytes) throws IOException {
        Path part = Files.createTempFile(folder, "part-", "");
        try {
            http.get(uri, part, maxBytes);
            String found = Digest.sha256(part);
            if (sha256 != null && !found.equals(sha256)) {
                throw new FetchException(
                        new Refusal(uri + " has the digest " + found + ", not " + sha256, ""), null, found);
            }
            Path kept = folder.resolve(found);
            Files.move(part, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            makeRoom();
            return kept;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private synchronized void makeRoom() throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(folder)) {
            newestFirst = files.filter(file ->
                            SHA256.matcher(file.getFileName().toString()).matches())
                    .sorted(Comparator.comparing(Downloads::usedAt).reversed())
                    .toList();
        }
        long taken = 0;
        Instant safe = Instant.now().minus(SAFE);
        for (Path file : newestFirst) {
            taken += file.toFile().length();
            if (taken > policy.maxKeptBytes() && usedAt(file).isBefore(safe)) {
                Files.deleteIfExists(file);
            }
        }
        if (taken > policy.maxKeptBytes()) {
            dissolve(safe);
        }
    }

    /** A folder of linked files keeps the bytes of files that were deleted. */
    private void dissolve(Instant safe) throws IOException {
        List<Path> folders;
        try (Stream<Path> all = Files.list(folder)) {
            folders = all.filter(each -> each.getFileName().toString().startsWith(TOGETHER))
                    .filter(each -> usedAt(each).isBefore(safe))
                    .toList();
        }
        for (Path each : folders) {
            try (Stream<Path> content = Files.walk(each)) {
                for (Path path : content.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            }
        }
    }

    private static Instant usedAt(Path file) {
        return Instant.ofEpochMilli(file.toFile().lastModified());
    }
}
