package io.afterlearner.aleph.write;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnsafeByteOperations;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Protobuf's wire format as byte offsets, so that {@link Rewrite} changes only the bytes it must. */
final class Wire {
    private Wire() {}

    /**
     * One length-delimited field.
     *
     * @param number of the field
     * @param lengthOffset where its length prefix begins
     * @param payloadOffset where its bytes begin
     * @param endOffset after its last byte
     */
    record Field(int number, int lengthOffset, int payloadOffset, int endOffset) {
        int size() {
            return endOffset - payloadOffset;
        }
    }

    /** The length-delimited fields of the message in these bytes, which are known to be valid. Fields of other wire types are skipped. */
    static List<Field> fields(byte[] bytes, int from, int to) {
        List<Field> fields = new ArrayList<>();
        CodedInputStream in = CodedInputStream.newInstance(bytes, from, to - from);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    in.skipField(tag);
                    continue;
                }
                int lengthOffset = from + in.getTotalBytesRead();
                int size = in.readRawVarint32();
                int payloadOffset = from + in.getTotalBytesRead();
                in.skipRawBytes(size);
                fields.add(new Field(
                        WireFormat.getTagFieldNumber(tag), lengthOffset, payloadOffset, payloadOffset + size));
            }
            return fields;
        } catch (IOException e) {
            throw new UncheckedIOException("the model was parsed before, but these bytes cannot be", e);
        }
    }

    /** The fields of this number in a message. */
    static List<Field> fields(byte[] bytes, Field message, int number) {
        return fields(bytes, message.payloadOffset(), message.endOffset()).stream()
                .filter(f -> f.number() == number)
                .toList();
    }

    /** The first text of this number in a message; empty if there is none. */
    static String text(byte[] bytes, Field message, int number) {
        return fields(bytes, message, number).stream()
                .findFirst()
                .map(f -> new String(bytes, f.payloadOffset(), f.size(), StandardCharsets.UTF_8))
                .orElse("");
    }

    /** A stream over a field's bytes; messages parsed from it share them. */
    static CodedInputStream stream(byte[] bytes, Field field) {
        CodedInputStream in = UnsafeByteOperations.unsafeWrap(
                        ByteBuffer.wrap(bytes, field.payloadOffset(), field.size()))
                .newCodedInput();
        in.enableAliasing(true);
        return in;
    }

    static byte[] varint(int value) {
        byte[] bytes = new byte[CodedOutputStream.computeUInt32SizeNoTag(value)];
        try {
            CodedOutputStream.newInstance(bytes).writeUInt32NoTag(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes;
    }

    /** Tag and length of a length-delimited field. */
    static byte[] header(int number, int size) {
        return join(varint(number << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED), varint(size));
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) joined.writeBytes(part);
        return joined.toByteArray();
    }
}
