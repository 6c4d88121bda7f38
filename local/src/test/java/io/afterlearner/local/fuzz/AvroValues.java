package io.afterlearner.local.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.util.Utf8;

/** Records that are valid Avro and whose values are random, each of them hostile with a given probability. */
final class AvroValues {
    private static final int HEADER_BYTES = 10;
    /** The number of elements of a list that is meant to be long. */
    private static final int MANY = 100_000;

    private final Random random;
    private final HostileValues hostile;
    private final List<String> names;
    private final double share;

    /**
     * @param names ordinary texts
     * @param share probability that a value is hostile
     */
    AvroValues(Random random, HostileValues hostile, List<String> names, double share) {
        this.random = random;
        this.hostile = hostile;
        this.names = names;
        this.share = share;
    }

    Object value(Schema schema) {
        boolean isHostile = random.nextDouble() < share;
        return switch (schema.getType()) {
            case RECORD -> record(schema);
            case UNION ->
                value(schema.getTypes().get(random.nextInt(schema.getTypes().size())));
            case ARRAY -> list(schema.getElementType(), isHostile);
            case MAP -> Map.of(text(isHostile), value(schema.getValueType()));
            case ENUM -> new GenericData.EnumSymbol(schema, any(schema.getEnumSymbols()));
            case STRING -> text(isHostile);
            case BYTES -> ByteBuffer.wrap(hostile.bytes(300));
            case DOUBLE -> isHostile ? hostile.number() : random.nextGaussian();
            case LONG -> isHostile ? hostile.whole() : random.nextInt(20);
            case INT -> isHostile ? (int) hostile.whole() : random.nextInt(20);
            case BOOLEAN -> random.nextBoolean();
            case NULL -> null;
            default -> throw new IllegalArgumentException(schema.toString());
        };
    }

    private GenericRecord record(Schema schema) {
        GenericRecord record = new GenericData.Record(schema);
        schema.getFields().forEach(field -> record.put(field.pos(), value(field.schema())));
        return record;
    }

    /** A copy in which values are replaced by hostile ones, each with the given probability. */
    Object spoilt(Schema schema, Object value) {
        if (schema.getType() == Schema.Type.UNION) {
            return spoilt(schema.getTypes().get(GenericData.get().resolveUnion(schema, value)), value);
        }
        if (value instanceof GenericRecord record) {
            GenericRecord copy = new GenericData.Record(schema);
            schema.getFields().forEach(field -> copy.put(field.pos(), spoilt(field.schema(), record.get(field.pos()))));
            return copy;
        }
        if (value instanceof Collection<?> list && !list.isEmpty() && random.nextDouble() >= share) {
            return list.stream()
                    .map(each -> spoilt(schema.getElementType(), each))
                    .toList();
        }
        return random.nextDouble() < share ? value(schema) : value;
    }

    /** Only numbers become many: a record must be small enough for the broker. */
    private List<Object> list(Schema element, boolean isHostile) {
        boolean isNumber = element.getType() == Schema.Type.DOUBLE || element.getType() == Schema.Type.LONG;
        return Collections.nCopies(
                isHostile && isNumber && random.nextBoolean() ? MANY : random.nextInt(4), value(element));
    }

    private Utf8 text(boolean isHostile) {
        return isHostile ? new Utf8(hostile.encodedText()) : new Utf8(any(names));
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    /** In the single-object encoding. */
    static byte[] encoded(Schema schema, Object record) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0xC3)
                .put((byte) 0x01)
                .putLong(SchemaNormalization.parsingFingerprint64(schema))
                .array());
        try {
            BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
            new GenericDatumWriter<>(schema).write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static GenericRecord decoded(Schema schema, byte[] encoded) {
        try {
            return new GenericDatumReader<GenericRecord>(schema)
                    .read(
                            null,
                            DecoderFactory.get()
                                    .binaryDecoder(encoded, HEADER_BYTES, encoded.length - HEADER_BYTES, null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
