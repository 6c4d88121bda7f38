package io.afterlearner.evaluation.data;

import io.afterlearner.aleph.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The digest of examples, independent of the file. Files with the same examples have the same digest, whatever their
 * compression, order of arrays, and order of examples. An example is a row of each array. If the arrays differ in their number
 * of rows, all of them together count as one example.
 */
final class Content {
    private final SortedMap<String, Tensor> arrays;
    private final int rows;

    private Content(Map<String, Tensor> arrays) {
        this.arrays = new TreeMap<>(arrays);
        long[] counts = arrays.values().stream()
                .mapToLong(array -> array.shape().length == 0 ? 1 : array.shape()[0])
                .distinct()
                .toArray();
        this.rows = counts.length == 1 ? Math.max(1, Math.toIntExact(counts[0])) : 1;
    }

    /** Lower-case hex SHA-256. */
    static String sha256(Map<String, Tensor> arrays) {
        return new Content(arrays).sha256();
    }

    private String sha256() {
        byte[][] examples = new byte[rows][];
        for (int row = 0; row < rows; row++) {
            examples[row] = example(row);
        }
        Arrays.sort(examples, Arrays::compareUnsigned);
        MessageDigest digest = Digest.sha256();
        arrays.forEach((name, array) -> digest.update(
                (name + "\n" + array.type() + Arrays.toString(array.shape())).getBytes(StandardCharsets.UTF_8)));
        for (byte[] example : examples) {
            digest.update(example);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private byte[] example(int row) {
        MessageDigest digest = Digest.sha256();
        for (Tensor array : arrays.values()) {
            ByteBuffer data = array.data();
            int size = data.capacity() / rows;
            digest.update(data.slice(row * size, size));
        }
        return digest.digest();
    }
}
