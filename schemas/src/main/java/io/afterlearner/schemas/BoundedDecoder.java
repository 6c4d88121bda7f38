package io.afterlearner.schemas;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary decoder over a byte array, which compares each declared length with the bytes that are left before it uses it.
 * Avro itself allocates what a record declares, so a few garbage bytes could allocate gigabytes. Lists and maps of one record
 * have at most {@link #MAX_ELEMENTS} elements together, because an element of one byte takes tens of bytes of memory.
 */
public final class BoundedDecoder extends Decoder {
    /** More than the numbers that fit into a record of {@link Codec#MAX_RECORD_BYTES}. */
    public static final int MAX_ELEMENTS = 1 << 20;

    private final BinaryDecoder in;
    private final int limit;
    private long elements;

    /** @param offset where the record begins */
    public BoundedDecoder(byte[] bytes, int offset) {
        this.limit = bytes.length - offset;
        this.in = DecoderFactory.get().binaryDecoder(bytes, offset, limit, null);
    }

    /** Whether all bytes are read. */
    public boolean isEnd() throws IOException {
        return in.isEnd();
    }

    private int bounded(long declared) throws IOException {
        if (declared < 0 || declared > limit) {
            throw new IOException("declares a length of " + declared + " in a record of " + limit + " bytes");
        }
        return (int) declared;
    }

    private long elements(long declared) throws IOException {
        elements += bounded(declared);
        if (elements > MAX_ELEMENTS) {
            throw new IOException("declares more than " + MAX_ELEMENTS + " elements");
        }
        return declared;
    }

    private byte[] block() throws IOException {
        byte[] block = new byte[bounded(in.readLong())];
        in.readFixed(block, 0, block.length);
        return block;
    }

    @Override
    public void readNull() throws IOException {
        in.readNull();
    }

    @Override
    public boolean readBoolean() throws IOException {
        return in.readBoolean();
    }

    @Override
    public int readInt() throws IOException {
        return in.readInt();
    }

    @Override
    public long readLong() throws IOException {
        return in.readLong();
    }

    @Override
    public float readFloat() throws IOException {
        return in.readFloat();
    }

    @Override
    public double readDouble() throws IOException {
        return in.readDouble();
    }

    @Override
    public Utf8 readString(@Nullable Utf8 old) throws IOException {
        return new Utf8(block());
    }

    @Override
    public String readString() throws IOException {
        return new String(block(), StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() throws IOException {
        block();
    }

    @Override
    public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
        return ByteBuffer.wrap(block());
    }

    @Override
    public void skipBytes() throws IOException {
        block();
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) throws IOException {
        in.readFixed(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) throws IOException {
        in.skipFixed(length);
    }

    @Override
    public int readEnum() throws IOException {
        return in.readEnum();
    }

    @Override
    public long readArrayStart() throws IOException {
        return elements(in.readArrayStart());
    }

    @Override
    public long arrayNext() throws IOException {
        return elements(in.arrayNext());
    }

    @Override
    public long skipArray() throws IOException {
        return bounded(in.skipArray());
    }

    @Override
    public long readMapStart() throws IOException {
        return elements(in.readMapStart());
    }

    @Override
    public long mapNext() throws IOException {
        return elements(in.mapNext());
    }

    @Override
    public long skipMap() throws IOException {
        return bounded(in.skipMap());
    }

    @Override
    public int readIndex() throws IOException {
        return in.readIndex();
    }
}
