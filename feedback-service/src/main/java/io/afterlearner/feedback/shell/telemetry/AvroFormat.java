package io.afterlearner.feedback.shell.telemetry;

import io.afterlearner.schemas.BoundedDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.util.Utf8;

/** Avro of a given schema: bare, with a single-object header, or with the five-byte prefix of a schema registry. */
final class AvroFormat implements RecordFormat {
    private static final int SINGLE_OBJECT_BYTES = 10;
    private static final int REGISTRY_BYTES = 5;

    private final Schema schema;
    private final byte[] singleObjectHeader;

    /** @throws AvroRuntimeException if the schema is malformed */
    AvroFormat(String schema) {
        this.schema = new Schema.Parser().parse(schema);
        singleObjectHeader = ByteBuffer.allocate(SINGLE_OBJECT_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 1)
                .putLong(SchemaNormalization.parsingFingerprint64(this.schema))
                .array();
    }

    @Override
    public Fields read(byte[] bytes) {
        GenericRecord root = record(bytes)
                .orElseThrow(() -> new IllegalArgumentException(
                        "not an Avro " + schema.getFullName() + " of the mapping's schema"));
        return path -> {
            Object at = root;
            for (String step : path.split("\\.", -1)) {
                at = at instanceof GenericRecord record && record.hasField(step) ? record.get(step) : null;
            }
            return at instanceof CharSequence text ? text(path, text) : at;
        };
    }

    /** Different bytes are different texts: no byte is replaced. */
    private static String text(String path, CharSequence text) {
        if (!(text instanceof Utf8 utf8)) {
            return text.toString();
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(utf8.getBytes(), 0, utf8.getByteLength());
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(path + " is not valid UTF-8");
        }
    }

    /** Detects the prefix: of the possible ones, the one with which the record fits to the last byte. */
    private Optional<GenericRecord> record(byte[] bytes) {
        if (hasSingleObjectHeader(bytes)) {
            return record(bytes, SINGLE_OBJECT_BYTES);
        }
        if (bytes.length > REGISTRY_BYTES && bytes[0] == 0) {
            return record(bytes, REGISTRY_BYTES).or(() -> record(bytes, 0));
        }
        return record(bytes, 0);
    }

    private boolean hasSingleObjectHeader(byte[] bytes) {
        return bytes.length >= SINGLE_OBJECT_BYTES
                && Arrays.equals(singleObjectHeader, 0, SINGLE_OBJECT_BYTES, bytes, 0, SINGLE_OBJECT_BYTES);
    }

    private Optional<GenericRecord> record(byte[] bytes, int from) {
        try {
            BoundedDecoder decoder = new BoundedDecoder(bytes, from);
            GenericRecord read = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
            return decoder.isEnd() ? Optional.of(read) : Optional.empty();
        } catch (IOException | RuntimeException | StackOverflowError e) {
            // Foreign bytes can make Avro fail in any way. With a recursive schema they can nest without limit.
            return Optional.empty();
        }
    }
}
