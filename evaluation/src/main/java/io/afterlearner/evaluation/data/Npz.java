package io.afterlearner.evaluation.data;

import io.afterlearner.aleph.Refusal;
import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.Tensor.ElementType;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads a .npz file: a zip of .npy arrays. No declared length is trusted before it is compared with the bytes. */
final class Npz {
    private static final int MAX_ARRAYS = 256;
    private static final int MAX_NAME = 256;

    /** Deflate reaches 1,032:1 on zeros; real arrays of this size stay far below this. */
    private static final int MAX_RATIO = 200;

    private static final long RATIO_COUNTS_FROM_BYTES = 64L << 20;
    private static final String SUFFIX = ".npy";

    private final Path file;
    private final long maxBytes;
    private long left;

    Npz(Path file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.left = maxBytes;
    }

    Map<String, Tensor> read() {
        if (Files.isDirectory(file)) {
            throw new DataException(file + " is a directory", "give a .npz file");
        }
        return within(this::read);
    }

    void requireArchive() {
        within(zip -> zip);
    }

    private interface Reading<T> {
        T read(ZipFile zip) throws IOException;
    }

    private Map<String, Tensor> read(ZipFile zip) throws IOException {
        List<? extends ZipEntry> entries = Collections.list(zip.entries());
        // ZipFile opens entries by name, so it would read the last of several for each.
        Set<String> names = new HashSet<>();
        for (ZipEntry entry : entries) {
            if (!names.add(entry.getName())) {
                throw new DataException(file + " has " + entry.getName() + " twice", "save it again");
            }
        }
        Map<String, Tensor> arrays = new LinkedHashMap<>();
        for (ZipEntry entry : entries) {
            arrays.put(name(entry), array(zip, entry));
        }
        return arrays;
    }

    private <T> T within(Reading<T> reading) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            if (zip.size() == 0 || zip.size() > MAX_ARRAYS) {
                throw new DataException(file + " has " + zip.size() + " arrays", "save 1 to " + MAX_ARRAYS);
            }
            return reading.read(zip);
        } catch (EOFException | ZipException e) {
            throw Format.of(file).refusal(file, String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            // ZipFile throws this for names that are not UTF-8.
            throw new DataException(file + " is not a .npz file", "save it with numpy.savez", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    static DataException unreadable(Path file, IOException e) {
        return e instanceof NoSuchFileException || e instanceof FileNotFoundException
                ? new DataException(file + " does not exist", "check the path", e)
                : new DataException(
                        file + " cannot be read: " + Refusal.reason(e), "check the file and its permissions", e);
    }

    private String name(ZipEntry entry) {
        String name = entry.getName();
        if (!name.endsWith(SUFFIX) || name.length() > MAX_NAME) {
            throw new DataException(
                    file + " has the entry " + (name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name)
                            + ", which is not a .npy array",
                    "save it with numpy.savez");
        }
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private Tensor array(ZipFile zip, ZipEntry entry) throws IOException {
        String where = file + ", " + entry.getName();
        // ZipFile itself never compares checksums.
        CRC32 checksum = new CRC32();
        try (InputStream in = new CheckedInputStream(zip.getInputStream(entry), checksum)) {
            NpyHeader header = NpyHeader.read(in, where);
            checkSize(entry, header, where);
            ByteBuffer data = elements(in, (int) header.elementBytes(), where);
            if (in.read() >= 0) {
                throw new DataException(where + " has extra bytes after its elements", "save it again");
            }
            checkSum(entry, checksum, where);
            checkBooleans(header.type(), data, where);
            return new Tensor(header.type(), header.shape(), data);
        }
    }

    private static void checkSum(ZipEntry entry, CRC32 checksum, String where) {
        if (entry.getCrc() != checksum.getValue()) {
            throw new DataException(
                    String.format(
                            "%s has the CRC-32 %08x, but the file says %08x: its bytes changed after it was saved",
                            where, checksum.getValue(), entry.getCrc()),
                    "copy the file again, or save it again");
        }
    }

    private void checkSize(ZipEntry entry, NpyHeader header, String where) {
        long declared = header.headerBytes() + header.elementBytes();
        if (header.elementBytes() > left || header.elementBytes() > Integer.MAX_VALUE - 8) {
            throw new DataException(
                    where + " needs " + header.elementBytes() + " bytes, over the limit of " + maxBytes
                            + " for the whole file or 2 GiB per array",
                    "use fewer examples");
        }
        if (entry.getSize() != declared) {
            throw new DataException(
                    where + " declares shape " + Arrays.toString(header.shape()) + ", " + declared + " bytes, but has "
                            + entry.getSize(),
                    "save it again");
        }
        if (declared > RATIO_COUNTS_FROM_BYTES && declared / MAX_RATIO > entry.getCompressedSize()) {
            throw new DataException(
                    where + " unpacks to over " + MAX_RATIO + " times its size",
                    "save it with numpy.savez instead of savez_compressed");
        }
        left -= header.elementBytes();
    }

    private static ByteBuffer elements(InputStream in, int bytes, String where) throws IOException {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            throw new DataException(
                    where + " is little-endian, but this machine is not", "use a little-endian machine");
        }
        ByteBuffer data = allocate(bytes, where);
        byte[] chunk = new byte[1 << 16];
        while (data.hasRemaining()) {
            int read = in.read(chunk, 0, Math.min(chunk.length, data.remaining()));
            if (read < 0) {
                throw new EOFException(where + " ends within its elements");
            }
            data.put(chunk, 0, read);
        }
        return data.flip();
    }

    private static ByteBuffer allocate(int bytes, String where) {
        try {
            return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
        } catch (OutOfMemoryError e) {
            // Only the reservation failed: the JVM limits direct memory more strictly.
            throw new DataException(
                    where + " needs " + bytes + " bytes of direct memory", "raise -XX:MaxDirectMemorySize", e);
        }
    }

    private static void checkBooleans(ElementType type, ByteBuffer data, String where) {
        if (type != ElementType.BOOL) {
            return;
        }
        for (int i = 0; i < data.limit(); i++) {
            if ((data.get(i) & ~1) != 0) {
                throw new DataException(where + " has a boolean that is neither 0 nor 1", "save it again");
            }
        }
    }
}
