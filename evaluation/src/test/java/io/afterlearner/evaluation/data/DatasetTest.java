package io.afterlearner.evaluation.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.aleph.Tensor;
import io.afterlearner.aleph.Tensor.ElementType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetTest {
    private static final long[] TWO = {2};

    @TempDir
    Path directory;

    @Test
    void arraysKeepNameOrderTypeShapeAndElements() {
        Path file = new NpzWriter()
                .floats("image", new long[] {2, 2}, 1, 2, 3, -0.5f)
                .longs("target", TWO, 7, -1)
                .write(directory.resolve("d.npz"));

        Dataset data = Dataset.read(file);

        assertEquals(List.of("image", "target"), List.copyOf(data.arrays().keySet()));
        Tensor image = data.arrays().get("image");
        assertEquals(ElementType.FLOAT, image.type());
        assertArrayEquals(new long[] {2, 2}, image.shape());
        assertEquals(-0.5f, image.data().getFloat(12));
        assertEquals(-1, data.arrays().get("target").data().getLong(8));
        assertEquals(16 + 16, data.bytes());
    }

    @Test
    void theDigestIsThatOfTheFile() throws Exception {
        Path file = new NpzWriter().longs("target", TWO, 7, -1).write(directory.resolve("d.npz"));
        byte[] expected = Digest.sha256().digest(Files.readAllBytes(file));
        assertEquals(HexFormat.of().formatHex(expected), Dataset.read(file).sha256());
    }

    @Test
    void theSameExamplesHaveOneContentInAnyFile() {
        Path first = new NpzWriter()
                .floats("x", new long[] {2, 2}, 1, 2, 3, 4)
                .longs("target", TWO, 7, -1)
                .write(directory.resolve("first.npz"));
        Path turned = new NpzWriter()
                .longs("target", TWO, -1, 7)
                .floats("x", new long[] {2, 2}, 3, 4, 1, 2)
                .write(directory.resolve("turned.npz"));
        Path other = new NpzWriter()
                .floats("x", new long[] {2, 2}, 3, 4, 1, 2)
                .longs("target", TWO, 7, -1)
                .write(directory.resolve("other.npz"));
        String content = Dataset.read(first).contentSha256();
        assertNotEquals(Dataset.read(first).sha256(), Dataset.read(turned).sha256());
        assertEquals(content, Dataset.read(turned).contentSha256(), "other order of arrays and examples");
        assertNotEquals(content, Dataset.read(other).contentSha256(), "the targets are swapped");
    }

    static Stream<Arguments> unreadable() {
        byte[] two = new byte[16];
        return Stream.of(
                Arguments.of("text", "no zip".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "is a text file"),
                Arguments.of("empty", new byte[0], "not a complete .npz"),
                Arguments.of("nothing inside", new NpzWriter().toBytes(), "0 arrays"),
                Arguments.of("other file", new NpzWriter().entry("a.txt", two).toBytes(), "a.txt"),
                Arguments.of("no magic", new NpzWriter().entry("a.npy", two).toBytes(), "not a NumPy array"),
                Arguments.of(
                        "big-endian",
                        new NpzWriter().array("a", ">f8", TWO, two).toBytes(),
                        ".astype"),
                Arguments.of(
                        "pickled", new NpzWriter().array("a", "|O", TWO, two).toBytes(), "Python objects"),
                Arguments.of("half", new NpzWriter().array("a", "<f2", TWO, two).toBytes(), ".astype"),
                Arguments.of(
                        "too short",
                        new NpzWriter().array("a", "<f8", new long[] {3}, two).toBytes(),
                        " bytes, but has 144"),
                Arguments.of(
                        "too long",
                        new NpzWriter().array("a", "<f8", new long[] {1}, two).toBytes(),
                        " bytes, but has 144"),
                Arguments.of(
                        "10⁹ elements",
                        new NpzWriter()
                                .array("a", "<f4", new long[] {1_000_000_000}, two)
                                .toBytes(),
                        "limit"),
                Arguments.of(
                        "more than a long",
                        new NpzWriter()
                                .array("a", "<f4", new long[] {1L << 40, 1L << 40}, two)
                                .toBytes(),
                        "can exist"),
                Arguments.of(
                        "bad boolean",
                        new NpzWriter()
                                .array("a", "|b1", TWO, new byte[] {1, 2})
                                .toBytes(),
                        "boolean"),
                Arguments.of(
                        "Fortran",
                        raw("{'descr': '<f8', 'fortran_order': True, 'shape': (1, 2), }", two),
                        "ascontiguousarray"),
                Arguments.of(
                        "code in the header",
                        raw("{'descr': __import__('os').system('x'), 'fortran_order': False, 'shape': (2,), }", two),
                        "NumPy does not write"),
                Arguments.of(
                        "structured",
                        raw("{'descr': [('x', '<f8')], 'fortran_order': False, 'shape': (2,), }", two),
                        "structured"),
                Arguments.of(
                        "huge number",
                        raw("{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }", two),
                        "malformed shape"),
                Arguments.of(
                        "long header",
                        new NpzWriter().entry("a.npy", longHeader()).toBytes(),
                        "header of 65535"));
    }

    private static byte[] raw(String dict, byte[] data) {
        return new NpzWriter().entry("a.npy", NpzWriter.npy(dict, data)).toBytes();
    }

    private static byte[] longHeader() {
        byte[] npy = NpzWriter.npy("{}", new byte[70_000]);
        npy[8] = npy[9] = (byte) 0xff;
        return npy;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void aFileThatIsNotDataIsRejectedInOneLine(String name, byte[] content, String says) throws IOException {
        Path file = Files.write(directory.resolve("bad.npz"), content);
        String message =
                assertThrows(DataException.class, () -> Dataset.read(file)).getMessage();
        assertTrue(message.contains(says), message);
        assertTrue(message.startsWith(file.toString()), message);
        assertFalse(message.contains("\n"), message);
    }

    /** Python's zipfile warns and writes both; NumPy reads the last. */
    @Test
    void anArrayThatIsThereTwiceIsNamed() throws IOException {
        byte[] npz = new NpzWriter()
                .floats("a", new long[] {2}, 1, 2)
                .floats("b", new long[] {2}, 3, 4)
                .toBytes();
        String twice = new String(npz, StandardCharsets.ISO_8859_1).replace("b.npy", "a.npy");
        Path file = Files.write(directory.resolve("twice.npz"), twice.getBytes(StandardCharsets.ISO_8859_1));
        String message =
                assertThrows(DataException.class, () -> Dataset.read(file)).getMessage();
        assertEquals(file + " has a.npy twice; save it again", message);
    }

    /** The central directory's CRC-32 is 16 bytes behind its signature. */
    @Test
    void anArrayWhoseChecksumDiffersIsRejected() throws IOException {
        byte[] npz =
                new NpzWriter().floats("a", new long[] {2, 3}, 1, 2, 3, 4, 5, 6).toBytes();
        int directoryAt = new String(npz, StandardCharsets.ISO_8859_1).indexOf("PK\u0001\u0002");
        npz[directoryAt + 16] ^= 1;
        Path file = Files.write(directory.resolve("changed.npz"), npz);
        String message =
                assertThrows(DataException.class, () -> Dataset.read(file)).getMessage();
        assertTrue(message.startsWith(file + ", a.npy has the CRC-32 "), message);
        assertTrue(message.contains("its bytes changed after it was saved; copy the file again"), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a,b,target| is a text file, such as CSV, which is not supported",
                "{\"a\": 1}| is a JSON file, which is not supported",
                "PAR1xyz| is a Parquet file, which is not supported",
                "\u0093NUMPY| is a single array (.npy), which is not supported",
                "PK\u0003\u0004rest| is not a complete .npz file"
            })
    void anotherFormatIsNamed(String start, String says) throws IOException {
        Path file = Files.write(directory.resolve("data"), start.getBytes(StandardCharsets.ISO_8859_1));
        String message =
                assertThrows(DataException.class, () -> Dataset.read(file)).getMessage();
        assertTrue(message.startsWith(file + " " + says), message);
        assertTrue(message.contains("numpy.savez"), message);
    }

    @Test
    void stringsAndObjectsAreNamed() {
        Path file = new NpzWriter().array("target", "<U3", TWO, new byte[24]).write(directory.resolve("s.npz"));
        String message =
                assertThrows(DataException.class, () -> Dataset.read(file)).getMessage();
        assertTrue(message.contains("has strings (<U3), which are not supported"), message);
    }

    @Test
    void aZipBombIsRejected() {
        Path file = new NpzWriter()
                .array("a", "|u1", new long[] {65 << 20}, new byte[65 << 20])
                .write(directory.resolve("bomb.npz"));
        String message =
                assertThrows(DataException.class, () -> Dataset.read(file)).getMessage();
        assertTrue(message.contains("times its size"), message);
    }

    @Test
    void theLimitHoldsForAllArraysTogether() {
        Path file = new NpzWriter().longs("a", TWO, 1, 2).longs("b", TWO, 3, 4).write(directory.resolve("d.npz"));
        assertEquals(32, Dataset.read(file, 32).bytes());
        assertThrows(DataException.class, () -> Dataset.read(file, 31));
    }

    @Test
    void aMissingFileIsNamed() {
        Path file = directory.resolve("none.npz");
        String message =
                assertThrows(DataException.class, () -> Dataset.read(file)).getMessage();
        assertEquals(file + " does not exist; check the path", message);
    }

    @Test
    void aDamagedFileIsRejectedOrRead() throws IOException {
        long seed = 20261123;
        Random random = new Random(seed);
        byte[] whole = new NpzWriter()
                .floats("image", new long[] {2, 3}, 1, 2, 3, 4, 5, 6)
                .longs("target", TWO, 0, 1)
                .toBytes();
        Path file = directory.resolve("fuzz.npz");
        for (int round = 0; round < 1000; round++) {
            byte[] damaged =
                    random.nextBoolean() ? Arrays.copyOf(whole, random.nextInt(whole.length)) : flipped(whole, random);
            Files.write(file, damaged);
            try {
                Dataset.read(file, 1 << 20);
            } catch (DataException e) {
                assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", round " + round, e);
            }
        }
    }

    private static byte[] flipped(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return damaged;
    }
}
