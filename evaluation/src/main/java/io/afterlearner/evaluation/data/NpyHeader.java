package io.afterlearner.evaluation.data;

import io.afterlearner.aleph.Tensor.ElementType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a .npy file: magic, version, and a Python dict literal. Only the form that NumPy writes
 * is read: {@code {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }}.
 *
 * @param headerBytes bytes before the first element
 * @param elementBytes bytes of all elements
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the format</a>
 */
record NpyHeader(ElementType type, long[] shape, long headerBytes, long elementBytes) {
    /** NumPy's own reader stops at 10,000 too. */
    private static final int MAX_HEADER_BYTES = 10_000;

    private static final int MAX_RANK = 16;
    private static final String SAVE = "save it again with numpy.savez";
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern DICT = Pattern.compile("\\{'descr': *(?:'([^']{0,16})'|(\\[[^{}]*\\])), *"
            + "'fortran_order': *(True|False), *'shape': *\\(([0-9, ]*)\\),? *\\}[ \\n]*");
    private static final Map<String, ElementType> TYPES = Map.of(
            "<f4", ElementType.FLOAT,
            "<f8", ElementType.DOUBLE,
            "|i1", ElementType.INT8,
            "|u1", ElementType.UINT8,
            "<i4", ElementType.INT32,
            "<i8", ElementType.INT64,
            "|b1", ElementType.BOOL);

    /**
     * @param where names the array in errors
     * @throws DataException if it is not a header of a supported array
     */
    static NpyHeader read(InputStream in, String where) throws IOException {
        byte[] start = exactly(in, 8, where);
        if (!Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new DataException(where + " is not a NumPy array", SAVE);
        }
        int lengthBytes = lengthBytes(start[6], where);
        byte[] length = Arrays.copyOf(exactly(in, lengthBytes, where), Integer.BYTES);
        long dictBytes = Integer.toUnsignedLong(
                ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt());
        if (dictBytes > MAX_HEADER_BYTES) {
            throw new DataException(
                    where + " declares a header of " + dictBytes + " bytes, over the limit of " + MAX_HEADER_BYTES,
                    SAVE);
        }
        String dict = new String(exactly(in, (int) dictBytes, where), StandardCharsets.ISO_8859_1);
        return parse(dict, 8 + lengthBytes + dictBytes, where);
    }

    private static int lengthBytes(byte major, String where) {
        return switch (major) {
            case 1 -> 2;
            case 2, 3 -> 4;
            default -> throw new DataException(where + " has the .npy version " + major + ", not 1, 2 or 3", SAVE);
        };
    }

    private static NpyHeader parse(String dict, long headerBytes, String where) {
        Matcher m = DICT.matcher(dict);
        if (!m.matches()) {
            throw new DataException(where + " has a header that NumPy does not write", SAVE);
        }
        ElementType type = m.group(1) == null ? null : TYPES.get(m.group(1));
        if (type == null) {
            String found = m.group(1) == null ? "a structured type" : m.group(1);
            if (found.matches("[<>|=]?[USO][0-9]*")) {
                throw new DataException(
                        where + " has " + (found.contains("O") ? "Python objects" : "strings") + " (" + found
                                + "), which are not supported: inputs and targets are numbers",
                        "encode them as numbers before the model, or labels as class indices");
            }
            throw new DataException(
                    where + " has elements of type " + found,
                    "convert it with .astype to float32, float64, int8, uint8, int32, int64 or bool");
        }
        long[] shape = shape(m.group(4), where);
        if (m.group(3).equals("True") && shape.length > 1) {
            throw new DataException(
                    where + " is in Fortran order", "convert it with numpy.ascontiguousarray before saving");
        }
        return new NpyHeader(type, shape, headerBytes, bytes(type, shape, where));
    }

    private static long[] shape(String text, String where) {
        String trimmed = text.replaceFirst(", *$", "").strip();
        if (trimmed.isEmpty()) {
            return new long[0];
        }
        String[] dims = trimmed.split(",", MAX_RANK + 2);
        if (dims.length > MAX_RANK) {
            throw new DataException(where + " has over " + MAX_RANK + " dimensions", "reshape it");
        }
        try {
            return Arrays.stream(dims)
                    .map(String::strip)
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (NumberFormatException e) {
            throw new DataException(where + " has the malformed shape (" + trimmed + ")", SAVE, e);
        }
    }

    private static long bytes(ElementType type, long[] shape, String where) {
        try {
            return Arrays.stream(shape).reduce(type.bytes(), Math::multiplyExact);
        } catch (ArithmeticException e) {
            throw new DataException(where + " declares more elements than can exist", SAVE, e);
        }
    }

    private static byte[] exactly(InputStream in, int bytes, String where) throws IOException {
        byte[] read = in.readNBytes(bytes);
        if (read.length < bytes) {
            throw new EOFException(where + " ends within its header");
        }
        return read;
    }
}
