package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Old records must always decode. Changing an .avsc means adding history/Record/n.avsc and frozen/Record.n.hex. */
class SchemaHistoryTest {

    static Stream<SpecificRecord> samples() {
        return Samples.all().values().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theCurrentSchemaIsTheLastInTheHistory(SpecificRecord sample) {
        List<Schema> history = Codec.history(sample.getSchema());
        assertEquals(
                Codec.fingerprint(sample.getSchema()),
                Codec.fingerprint(history.get(history.size() - 1)),
                "add the changed " + sample.getSchema().getName() + ".avsc to its history as version "
                        + (history.size() + 1));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyVersionIsReadableWithTheCurrentSchema(SpecificRecord sample) {
        for (Schema version : Codec.history(sample.getSchema())) {
            var found = SchemaCompatibility.checkReaderWriterCompatibility(sample.getSchema(), version)
                    .getResult();
            assertTrue(
                    found.getIncompatibilities().isEmpty(),
                    () -> found.getIncompatibilities().toString());
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void frozenBytesOfEveryVersionDecode(SpecificRecord sample) throws Exception {
        String name = sample.getSchema().getName();
        int versions = Codec.history(sample.getSchema()).size();
        for (int version = 1; version <= versions; version++) {
            SpecificRecord decoded = Codec.of(sample.getClass()).decode(frozen(name + "." + version + ".hex"));
            if (version == versions) {
                assertEquals(sample, decoded, name);
            }
        }
    }

    private static byte[] frozen(String file) throws IOException {
        try (var in = SchemaHistoryTest.class.getResourceAsStream("/frozen/" + file)) {
            assertNotNull(in, "src/test/resources/frozen/" + file + " is missing");
            return HexFormat.of()
                    .parseHex(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.US_ASCII).trim());
        }
    }
}
