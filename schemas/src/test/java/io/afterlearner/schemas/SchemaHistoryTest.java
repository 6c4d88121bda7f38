package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Old records must always decode. Changing an .avsc means adding history/Record/n.avsc and frozen/Record.n.hex. Versions after the one
 * that is written are announced: this version reads them, so that the next one may write them while this one still runs.
 */
class SchemaHistoryTest {
    private static final int HEADER_BYTES = 10;
    /** Versions before these are read only, and wrote records before rolling updates were supported. */
    private static final Map<String, Integer> FIRST_ROLLING = Map.of("StudySpec", 2, "Fitness", 2);

    static Stream<SpecificRecord> samples() {
        return Samples.all().values().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void theCurrentSchemaIsInTheHistory(SpecificRecord sample) {
        assertTrue(
                written(sample) > 0,
                () -> "add the changed " + sample.getSchema().getName() + ".avsc to its history as version "
                        + (Codec.history(sample.getSchema()).size() + 1));
    }

    /** Number of the version that is written, from 1; 0 if it is not in the history. */
    private static int written(SpecificRecord sample) {
        return Codec.history(sample.getSchema()).stream()
                        .map(Codec::fingerprint)
                        .toList()
                        .indexOf(Codec.fingerprint(sample.getSchema()))
                + 1;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyVersionReadsWhatNewerOnesWrite(SpecificRecord sample) throws IOException {
        List<Schema> history = Codec.history(sample.getSchema());
        byte[] encoded = CodecTest.codec(sample).encode(sample);
        for (int reader = FIRST_ROLLING.getOrDefault(sample.getSchema().getName(), 1) - 1;
                reader < history.size();
                reader++) {
            for (Schema writer : history.subList(reader, history.size())) {
                assertReadable(history.get(reader), writer);
            }
            var decoder = new BoundedDecoder(encoded, HEADER_BYTES);
            new GenericDatumReader<>(sample.getSchema(), history.get(reader)).read(null, decoder);
            assertTrue(decoder.isEnd());
        }
    }

    private static void assertReadable(Schema reader, Schema writer) {
        var found = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                .getResult();
        assertTrue(
                found.getIncompatibilities().isEmpty(),
                () -> found.getIncompatibilities().toString());
    }

    /** A rolling update has instances of the latest release and of this version side by side: docs/upgrading.md. */
    @Test
    void theLatestReleaseKnowsWhatThisVersionWrites() throws IOException {
        List<String> lines = released();
        String latest = lines.isEmpty() ? "" : lines.get(lines.size() - 1).split(",", -1)[0];
        for (String line : lines) {
            String[] row = line.split(",", -1);
            SpecificRecord sample = Samples.all().get(row[1]);
            if (row[0].equals(latest) && sample != null) {
                assertTrue(
                        written(sample) <= Integer.parseInt(row[2]),
                        () -> latest + " reads " + row[1] + " up to version " + row[2]
                                + "; release this schema in the history"
                                + " first, and write it in the release after that");
            }
        }
    }

    private static List<String> released() throws IOException {
        try (var in = SchemaHistoryTest.class.getResourceAsStream("/released.csv")) {
            assertNotNull(in);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyVersionIsReadableWithTheCurrentSchema(SpecificRecord sample) {
        for (Schema version : Codec.history(sample.getSchema())) {
            assertReadable(sample.getSchema(), version);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void frozenBytesOfEveryVersionDecode(SpecificRecord sample) throws Exception {
        String name = sample.getSchema().getName();
        int versions = written(sample);
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
            return HexFormat.of().parseHex(new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim());
        }
    }
}
