package io.afterlearner.evaluation.fetch;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.evaluation.data.DataException;
import io.afterlearner.evaluation.s3.S3Store;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files fetched by HTTP or from S3, kept in a folder under their SHA-256. A file asked for by digest is fetched once; one asked for
 * without a digest may have changed, so it is fetched each time. A file appears whole and checked, or not at all. Processes
 * may share the folder, and any of them may be killed at any moment. Thread-safe.
 */
public final class Downloads {
    private final Room room;
    private final Kept kept;
    private final Policy policy;
    private final Fetching fetching;
    private final Consumer<String> news;

    /**
     * @param folder is created if missing
     * @param store for {@code s3:} addresses
     * @param news receives one line for each file that was fetched or reused, with the path where it is kept
     */
    public Downloads(Path folder, Policy policy, S3Store store, Consumer<String> news) {
        this.room = new Room(folder, policy);
        this.kept = new Kept(room, news);
        this.policy = policy;
        this.fetching = new Fetching(new Http(policy), new ObjectStore(store, policy), policy);
        this.news = news;
    }

    /**
     * The file at this address.
     *
     * @param sha256 of its bytes, lower-case hex; null accepts any that {@code check} accepts
     * @param check throws a FetchException for a file that is not what the caller needs; not asked if there is a digest
     * @param uses keeps the file until it is closed
     * @throws FetchException if the policy forbids it, the server refuses, or the file is larger or has another digest
     */
    public Path fetch(URI uri, @Nullable String sha256, long maxBytes, Consumer<Path> check, Uses uses) {
        long most = Math.min(maxBytes, policy.maxKeptBytes());
        long deadlineNanos = System.nanoTime() + policy.wholeWithin().toNanos();
        try {
            return sha256 == null
                    ? fetchNew(uri, most, check, deadlineNanos, uses)
                    : fetchOnce(uri, sha256, most, deadlineNanos, uses);
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

    /** Whoever else fetches the same file waits here, and then finds it. */
    private Path fetchOnce(URI uri, String sha256, long maxBytes, long deadlineNanos, Uses uses) throws IOException {
        Path known = found(uri, sha256, uses);
        if (known != null) {
            return known;
        }
        Locks.Held alone = writing(uri, sha256, deadlineNanos);
        try (alone) {
            known = found(uri, sha256, uses);
            if (known != null) {
                return known;
            }
            Part part = part(uri, sha256);
            try {
                fetching.verified(uri, sha256, part, maxBytes, deadlineNanos);
                return keep(uri, part, sha256, uses);
            } catch (NotKeptException e) {
                part.delete();
                throw e;
            } finally {
                deleteIfEmpty(part);
            }
        }
    }

    private @Nullable Path found(URI uri, String sha256, Uses uses) throws IOException {
        Path known = kept.find(sha256, uses);
        if (known != null) {
            news.accept("using " + known + ", kept from " + Shown.of(uri));
        }
        return known;
    }

    private static void deleteIfEmpty(Part part) throws IOException {
        if (Files.exists(part.file()) && part.bytes() == 0) {
            part.delete();
        }
    }

    private Path fetchNew(URI uri, long maxBytes, Consumer<Path> check, long deadlineNanos, Uses uses)
            throws IOException {
        String id = UUID.randomUUID().toString().replace("-", "");
        Locks.Held alone = writing(uri, id, deadlineNanos);
        try (alone) {
            Part part = part(uri, id);
            try {
                String sha256 = fetching.unverified(uri, part, maxBytes, deadlineNanos);
                Stranger.check(uri, part.file());
                check.accept(part.file());
                return keep(uri, part, sha256, uses);
            } finally {
                part.delete();
            }
        }
    }

    private Locks.Held writing(URI uri, String id, long deadlineNanos) {
        try {
            Locks.Held held = room.alone(Part.writing(id), deadlineNanos);
            if (held != null) {
                return held;
            }
        } catch (IOException e) {
            throw notKept(uri, e);
        }
        throw new FetchException(
                Shown.of(uri) + " is being downloaded by another process, for over " + Shown.of(policy.wholeWithin()),
                policy.fixes().time());
    }

    private Part part(URI uri, String id) {
        try {
            room.sweep();
            return Part.of(room, id);
        } catch (IOException e) {
            throw notKept(uri, e);
        }
    }

    private Path keep(URI uri, Part part, String sha256, Uses uses) {
        try {
            String size = Shown.bytes(part.bytes());
            Path file = kept.keep(part, sha256, uses);
            news.accept("fetched " + Shown.of(uri) + " (" + size + "), kept as " + file);
            return file;
        } catch (IOException e) {
            throw notKept(uri, e);
        }
    }

    private NotKeptException notKept(URI uri, IOException e) {
        return new NotKeptException(
                new Refusal(
                        Shown.of(uri) + " cannot be kept in " + room.folder() + ": " + Refusal.reason(e),
                        policy.fixes().folder()),
                e);
    }

    /**
     * A file with others beside it, under the names by which it refers to them.
     *
     * @param identity of all files together
     * @param beside by relative path
     * @param uses keeps all of them until it is closed
     * @return the same file, in a folder of its own
     */
    public Path together(String identity, Path file, SortedMap<String, Path> beside, Uses uses) {
        return new Together(room).of(identity, file, beside, uses);
    }
}
