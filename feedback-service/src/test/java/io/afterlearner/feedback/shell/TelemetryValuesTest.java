package io.afterlearner.feedback.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.feedback.shell.TelemetryValues.Fields;
import io.afterlearner.feedback.shell.TelemetryValues.Unfit;
import io.afterlearner.schemas.Telemetry;
import io.afterlearner.schemas.TelemetryFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.message.BinaryMessageEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryValuesTest {
    private static final String SCHEMA = """
            {"type":"record","name":"Order","fields":[
              {"name":"ctx","type":{"type":"record","name":"Ctx","fields":[{"name":"token","type":"string"}]}},
              {"name":"total","type":"double"},{"name":"at","type":"long"}]}""";

    private static final TelemetryValues JSON = values(TelemetryFormat.JSON, null);

    private static TelemetryValues values(TelemetryFormat format, String schema) {
        return new TelemetryValues(
                new Telemetry("orders", format, schema, "total", "ctx.token", null, "total", "at", "ctx.id"));
    }

    private static Fields json(String text) throws Unfit {
        return JSON.read(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void jsonFieldsAreFoundByTheirPath() throws Unfit {
        Fields fields = json("{'ctx':{'token':'abc','id':17},'total':2.5,'at':1700000000000}");
        assertEquals("abc", JSON.text(fields, "ctx.token"));
        assertEquals("17", JSON.text(fields, "ctx.id"));
        assertEquals(2.5, JSON.value(fields));
        assertEquals(1_700_000_000_000L, JSON.atMillis(fields, 1));
        assertEquals(1, JSON.value(json("{'total':true}")));
        assertEquals(1_000, JSON.atMillis(json("{'at':'1970-01-01T00:00:01Z'}"), 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'total':'2.5'} | total is no finite number: 2.5",
                "{'total':1e999} | total is no finite number: Infinity",
                "{'ctx':7} | total is no finite number: null",
                "[] | total is no finite number: null"
            })
    void aValueThatIsNoneSaysWhich(String text, String reason) throws Unfit {
        Fields fields = json(text);
        assertEquals(reason, assertThrows(Unfit.class, () -> JSON.value(fields)).getMessage());
    }

    @Test
    void whatIsNoJsonIsSaidToBeNone() {
        assertTrue(
                String.valueOf(assertThrows(Unfit.class, () -> json("nonsense")).getMessage())
                        .startsWith("not JSON"));
    }

    @Test
    void avroIsReadWhateverStandsInFrontOfIt() throws Exception {
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

        TelemetryValues avro = values(TelemetryFormat.AVRO, SCHEMA);
        for (byte[] bytes : new byte[][] {bare.toByteArray(), registry, message}) {
            Fields fields = avro.read(bytes);
            assertEquals("abc", avro.text(fields, "ctx.token"));
            assertEquals(2.5, avro.value(fields));
            assertEquals(7, avro.atMillis(fields, 1));
        }
        byte[] cut = java.util.Arrays.copyOf(bare.toByteArray(), bare.size() - 1);
        assertThrows(Unfit.class, () -> avro.read(cut));
        assertThrows(Unfit.class, () -> avro.read(new byte[0]));
    }
}
