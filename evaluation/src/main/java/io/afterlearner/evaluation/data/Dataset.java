package io.afterlearner.evaluation.data;

import io.afterlearner.aleph.Tensor;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/**
 * The arrays of a .npz file, by name in the file's order, and the file's digest. Rows (the first dimension) are examples.
 *
 * @param arrays held off the heap; read-only by convention
 * @param sha256 lower-case hex SHA-256 of the file's bytes
 */
public record Dataset(Map<String, Tensor> arrays, String sha256) {
    /** Name of the array that outputs are compared with. */
    public static final String TARGET = "target";

    public Dataset {
        arrays = Collections.unmodifiableMap(arrays);
    }

    /**
     * Reads a file of at most 2 GiB of arrays, and at most half of the maximum heap of this JVM.
     *
     * @throws DataException if it is not a .npz file of supported arrays
     */
    public static Dataset read(Path file) {
        return read(file, Math.min(2L << 30, Runtime.getRuntime().maxMemory() / 2));
    }

    /**
     * @param maxBytes limit of all arrays together, unpacked
     * @throws DataException if it is not a .npz file of supported arrays, or larger
     */
    public static Dataset read(Path file, long maxBytes) {
        return new Dataset(new Npz(file, maxBytes).read(), Digest.sha256(file));
    }

    /**
     * Checks only that a file is a complete zip archive, as a .npz file is. It reads no array.
     *
     * @throws DataException if it is not
     */
    public static void requireArchive(Path file) {
        new Npz(file, 0).requireArchive();
    }

    /** Digest of the examples: the same for files that hold the same examples in another compression or order. */
    public String contentSha256() {
        return Content.sha256(arrays);
    }

    /** Bytes of all arrays. */
    public long bytes() {
        return arrays.values().stream().mapToLong(t -> t.data().capacity()).sum();
    }
}
