package io.afterlearner.feedback.shell.telemetry;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Bytes that claim more than they are. */
class AvroFormatTest {
    private static final AvroFormat NESTED = new AvroFormat("""
        {"type":"record","name":"Node","fields":[{"name":"next","type":["Node","null"]}]}\
        """);

    private static final AvroFormat LISTS = new AvroFormat("""
        {"type":"record","name":"Lists","fields":[
          {"name":"text","type":"string"},
          {"name":"list","type":{"type":"array","items":"string"}},
          {"name":"nothing","type":{"type":"array","items":"null"}}]}\
        """);

    private static void assertUnusable(AvroFormat format, byte[] bytes) {
        assertThrows(IllegalArgumentException.class, () -> format.read(bytes));
    }

    @Test
    void aRecordThatNestsWithoutEndIsUnusable() {
        // Each byte is the first branch of the union: another node.
        assertUnusable(NESTED, new byte[4 << 20]);
    }

    @Test
    void aListOfMillionsIsUnusable() {
        // One byte each, and tens of bytes of memory.
        ByteBuffer bytes = ByteBuffer.allocate((2 << 20) + 8).put((byte) 0);
        bytes.put(new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, 0x02});
        assertUnusable(LISTS, bytes.array());
    }

    @Test
    void aLengthThatIsOnlyDeclaredAllocatesNothing() {
        byte[] twoGigabytes = {(byte) 0xF0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x0F};
        assertUnusable(LISTS, twoGigabytes);
        assertUnusable(
                LISTS, ByteBuffer.allocate(6).put((byte) 0).put(twoGigabytes).array());
        assertUnusable(
                LISTS,
                ByteBuffer.allocate(7)
                        .put((byte) 0)
                        .put((byte) 0)
                        .put(twoGigabytes)
                        .array());
    }
}
