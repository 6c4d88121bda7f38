package io.afterlearner.evaluation.data;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes .npz files as NumPy's savez_compressed does, and ones that it never would. */
public final class NpzWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    public NpzWriter floats(String name, long[] shape, float... values) {
        ByteBuffer data = buffer(4 * values.length);
        data.asFloatBuffer().put(values);
        return array(name, "<f4", shape, bytes(data));
    }

    public NpzWriter longs(String name, long[] shape, long... values) {
        ByteBuffer data = buffer(8 * values.length);
        data.asLongBuffer().put(values);
        return array(name, "<i8", shape, bytes(data));
    }

    public NpzWriter array(String name, String descr, long[] shape, byte[] data) {
        String dims = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return entry(
                name + ".npy",
                npy(
                        "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + dims
                                + (shape.length == 1 ? "," : "") + "), }",
                        data));
    }

    public NpzWriter entry(String name, byte[] content) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(content);
            zip.closeEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Version 1.0, padded so that elements start at a multiple of 64. */
    public static byte[] npy(String dict, byte[] data) {
        byte[] header =
                (dict + " ".repeat(63 - (10 + dict.length()) % 64) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer npy = buffer(10 + header.length + data.length)
                .put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0})
                .putShort((short) header.length)
                .put(header)
                .put(data);
        return bytes(npy);
    }

    public byte[] toBytes() {
        try {
            zip.close();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path write(Path file) {
        try {
            return Files.write(file, toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.capacity()];
        buffer.get(0, bytes);
        return bytes;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
