package io.afterlearner.schemas;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Records as bytes, in Avro's single-object encoding: {@code C3 01}, the 8-byte CRC-64-AVRO fingerprint of the writer's
 * schema (little-endian), the binary body. Records of every version in the history decode. Thread-safe.
 *
 * @see <a href="https://avro.apache.org/docs/1.12.0/specification/#single-object-encoding">the encoding's specification</a>
 */
public final class Codec<T extends SpecificRecord> {
    /** Maximum size of a record; {@link #encode} refuses a larger one. */
    public static final int MAX_RECORD_BYTES = 4 << 20;

    private static final int HEADER_BYTES = 10;

    private final String name;
    private final byte[] header;
    private final DatumWriter<T> writer;
    private final Map<Long, DatumReader<T>> readers = new HashMap<>();

    private Codec(Class<T> type) {
        // The loader of the record's own class: a framework's context loader may know another copy of it.
        SpecificData data = new SpecificData(type.getClassLoader());
        Schema schema = data.getSchema(type);
        this.name = schema.getName();
        this.header = header(schema);
        this.writer = new SpecificDatumWriter<>(schema, data);
        for (Schema version : history(schema)) {
            readers.put(fingerprint(version), new SpecificDatumReader<>(version, schema, data));
        }
        readers.put(fingerprint(schema), new SpecificDatumReader<>(schema, schema, data));
    }

    /** Every schema the record was ever written with: resources {@code history/<Record>/1.avsc, 2.avsc, …}, oldest first. */
    static List<Schema> history(Schema current) {
        List<Schema> versions = new ArrayList<>();
        for (int version = 1; ; version++) {
            String resource = "history/" + current.getName() + "/" + version + ".avsc";
            try (InputStream in = Codec.class.getResourceAsStream(resource)) {
                if (in == null) {
                    return versions;
                }
                versions.add(new Schema.Parser().parse(in));
            } catch (IOException e) {
                throw new UncheckedIOException(resource + " cannot be read", e);
            }
        }
    }

    public static <T extends SpecificRecord> Codec<T> of(Class<T> type) {
        return new Codec<>(type);
    }

    /** @throws IllegalArgumentException if the record would be larger than {@link #MAX_RECORD_BYTES} */
    public byte[] encode(T message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        out.writeBytes(header);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
        try {
            writer.write(message, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (out.size() > MAX_RECORD_BYTES) {
            throw new IllegalArgumentException("a " + name + " of " + out.size() + " bytes is over the limit of "
                    + MAX_RECORD_BYTES + "; use fewer ℵ-parameters");
        }
        return out.toByteArray();
    }

    /**
     * @param bytes a record's value; null (a tombstone) cannot be decoded either
     * @throws UndecodableException if the bytes are not one whole record of this type in a known version
     */
    public T decode(byte @Nullable [] bytes) throws UndecodableException {
        if (bytes == null) {
            throw new UndecodableException("no value; a " + name + " was expected");
        }
        DatumReader<T> reader = reader(bytes);
        try {
            BoundedDecoder decoder = new BoundedDecoder(bytes, HEADER_BYTES);
            T message = reader.read(null, decoder);
            if (!decoder.isEnd()) {
                throw new UndecodableException("bytes are left over after the " + name);
            }
            return message;
        } catch (IOException | RuntimeException e) {
            // Avro throws many kinds of runtime exceptions on garbage.
            throw new UndecodableException("not a whole " + name + ": " + reason(e), e);
        }
    }

    /** Whether the bytes begin as a record of this type in a known version; for a topic with records of several types. */
    public boolean wrote(byte @Nullable [] bytes) {
        return bytes != null && bytes.length >= HEADER_BYTES && readers.containsKey(fingerprint(bytes));
    }

    private static long fingerprint(byte[] bytes) {
        return ByteBuffer.wrap(bytes, 2, 8).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    private static String reason(Exception e) {
        return e.getMessage() != null ? e.getMessage() : e instanceof EOFException ? "it ends early" : e.toString();
    }

    private DatumReader<T> reader(byte[] bytes) throws UndecodableException {
        if (bytes.length < HEADER_BYTES || bytes[0] != header[0] || bytes[1] != header[1]) {
            throw new UndecodableException("not an Avro single-object record; a " + name + " was expected");
        }
        if (bytes.length > MAX_RECORD_BYTES) {
            throw new UndecodableException(bytes.length + " bytes are over the limit of " + MAX_RECORD_BYTES);
        }
        long fingerprint = fingerprint(bytes);
        DatumReader<T> reader = readers.get(fingerprint);
        if (reader == null) {
            throw new UndecodableException(String.format(
                    "schema fingerprint %016x is no known version of %s; if a newer version wrote it, upgrade this process",
                    fingerprint, name));
        }
        return reader;
    }

    static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    private static byte[] header(Schema schema) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(fingerprint(schema))
                .array();
    }
}
