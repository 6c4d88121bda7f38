package io.afterlearner.feedback.shell.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.shell.telemetry.RecordFormat.Fields;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.TelemetryFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryReaderTest {
    private static final String SCHEMA = """
            {"type":"record","name":"Order","fields":[
              {"name":"ctx","type":{"type":"record","name":"Ctx","fields":[{"name":"token","type":"string"}]}},
              {"name":"total","type":"double"},{"name":"at","type":"long"}]}""";

    private static final TelemetryReader JSON = values(TelemetryFormat.JSON, null);

    private static final TelemetryReader NUMBERED = new TelemetryReader(
            new Telemetry("orders", TelemetryFormat.JSON, null, "total", null, "number", null, null, null));

    private static TelemetryReader values(TelemetryFormat format, String schema) {
        return new TelemetryReader(
                new Telemetry("orders", format, schema, "total", "ctx.token", null, "total", "at", "ctx.id"));
    }

    private static Fields json(String text) {
        return JSON.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void jsonFieldsAreFoundByPath() {
        Fields fields = json("{'ctx':{'token':'abc','id':17},'total':2.5,'at':1700000000000}");
        assertEquals("abc", JSON.token(fields));
        assertEquals("17", JSON.id(fields));
        assertEquals(2.5, JSON.value(fields));
        assertEquals(1_700_000_000_000L, JSON.atMillis(fields, 1, 1_700_000_000_000L));
        assertEquals(1, JSON.value(json("{'total':true}")));
        assertEquals(1_000, JSON.atMillis(json("{'at':'1970-01-01T00:00:01Z'}"), 1, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'total':'2.5'} | total is the text \"2.5\"; send a finite number",
                "{'total':1e999} | total is Infinity; send a finite number",
                "{'ctx':7} | total is missing, or has no single value; send a finite number",
                "[] | total is missing, or has no single value; send a finite number"
            })
    void anUnusableValueIsNamed(String text, String reason) {
        Fields fields = json(text);
        assertEquals(
                reason,
                assertThrows(IllegalArgumentException.class, () -> JSON.value(fields))
                        .getMessage());
    }

    @Test
    void aRecordThatIsNotJsonIsRejected() {
        assertTrue(String.valueOf(assertThrows(IllegalArgumentException.class, () -> json("nonsense"))
                        .getMessage())
                .startsWith("not JSON"));
    }

    @Test
    void avroIsReadWithoutAPrefixAndWithEitherPrefix() throws Exception {
        Schema schema = new Schema.Parser().parse(SCHEMA);
        GenericRecord ctx = new GenericData.Record(schema.getField("ctx").schema());
        ctx.put("token", "abc");
        GenericRecord order = new GenericData.Record(schema);
        order.put("ctx", ctx);
        order.put("total", 2.5);
        order.put("at", 7L);
        ByteArrayOutputStream bare = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bare, null);
        new GenericDatumWriter<GenericRecord>(schema).write(order, encoder);
        encoder.flush();
        byte[] registry = ByteBuffer.allocate(5 + bare.size())
                .put((byte) 0)
                .putInt(42)
                .put(bare.toByteArray())
                .array();
        ByteBuffer single = new BinaryMessageEncoder<GenericRecord>(GenericData.get(), schema).encode(order);
        byte[] message = new byte[single.remaining()];
        single.get(message);

        TelemetryReader avro = values(TelemetryFormat.AVRO, SCHEMA);
        for (byte[] bytes : new byte[][] {bare.toByteArray(), registry, message}) {
            Fields fields = avro.read(bytes);
            assertEquals("abc", avro.token(fields));
            assertEquals(2.5, avro.value(fields));
            assertEquals(7, avro.atMillis(fields, 1, 1));
        }
        assertUnusable(avro, Arrays.copyOf(bare.toByteArray(), bare.size() - 1), "cut");
        assertUnusable(avro, Arrays.copyOf(bare.toByteArray(), bare.size() + 1), "more than the record");
        assertUnusable(avro, new byte[0], "nothing");
        message[5]++;
        assertUnusable(avro, message, "another schema's");
    }

    /** Otherwise two of them would become the same text. */
    @Test
    void avroTextThatIsNotUtf8IsNamed() {
        ByteBuffer bare = ByteBuffer.allocate(2 + Double.BYTES + 1).order(ByteOrder.LITTLE_ENDIAN);
        bare.put((byte) 2).put((byte) 0xFF).putDouble(2.5).put((byte) 14);
        TelemetryReader avro = values(TelemetryFormat.AVRO, SCHEMA);
        Fields fields = avro.read(bare.array());
        assertEquals("ctx.token is not valid UTF-8", unusable(() -> avro.token(fields)));
    }

    private static void assertUnusable(TelemetryReader values, byte[] bytes, String what) {
        assertThrows(IllegalArgumentException.class, () -> values.read(bytes), what);
    }

    /** The record begins with a 0, like a registry prefix. */
    @Test
    void avroWhoseFirstFieldIsEmptyIsNotMistakenForARegistryPrefix() throws Exception {
        ByteBuffer bare = ByteBuffer.allocate(1 + Double.BYTES + 1).order(ByteOrder.LITTLE_ENDIAN);
        bare.put((byte) 0).putDouble(2.5).put((byte) 14);
        TelemetryReader avro = values(TelemetryFormat.AVRO, SCHEMA);
        Fields fields = avro.read(bare.array());
        assertEquals("", avro.token(fields));
        assertEquals(2.5, avro.value(fields));
        assertEquals(7, avro.atMillis(fields, 1, 1));
    }

    @Test
    void aMappingWithoutValueCountsRecordsAndWithoutTimestampUsesTheRecordTimestamp() {
        TelemetryReader counting = new TelemetryReader(
                new Telemetry("orders", TelemetryFormat.JSON, null, "total", "ctx.token", null, null, null, null));
        Fields fields = counting.read("{}".getBytes(StandardCharsets.UTF_8));
        assertEquals(1, counting.value(fields));
        assertEquals(17, counting.atMillis(fields, 17, 20));
        assertEquals(null, counting.id(fields));
    }

    @Test
    void aMissingOrMistypedFieldIsNamed() {
        Fields fields = json("{'at':'yesterday','number':'seven'}");
        assertEquals(
                "ctx.token is missing, or has no single value; send a text or a number",
                unusable(() -> JSON.token(fields)));
        assertEquals(
                "number is the text \"seven\"; send a candidate number", unusable(() -> NUMBERED.candidate(fields)));
        assertEquals(
                "number is 1.5; send a candidate number", unusable(() -> NUMBERED.candidate(json("{'number':1.5}"))));
        assertEquals(
                "at is the text \"yesterday\"; send epoch milliseconds, or ISO 8601 as text",
                unusable(() -> JSON.atMillis(fields, 1, 1)));
        assertEquals(
                "at is missing, or has no single value; send epoch milliseconds, or ISO 8601 as text",
                unusable(() -> JSON.atMillis(json("{'at':null}"), 1, 1)));
    }

    /** The number in the text may be valid, so the message must say that it is a text. */
    @Test
    void aNumberInQuotesIsNamedAsAText() {
        Fields fields = json("{'at':'1712345678901','number':'3'}");
        assertEquals(
                "at is the text \"1712345678901\"; send epoch milliseconds, or ISO 8601 as text",
                unusable(() -> JSON.atMillis(fields, 1, 1_712_345_678_901L)));
        assertEquals("number is the text \"3\"; send a candidate number", unusable(() -> NUMBERED.candidate(fields)));
    }

    @Test
    void aWholeNumberIsACandidate() {
        Fields fields = json("{}");
        assertEquals(7, NUMBERED.candidate(json("{'number':7}")));
        assertEquals(null, JSON.candidate(fields));
    }

    private static String unusable(Executable read) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, read).getMessage());
    }
}
