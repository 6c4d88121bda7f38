package io.afterlearner.schemas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {

    static Stream<SpecificRecord> samples() {
        return Samples.all().values().stream();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void recordsSurviveARoundTrip(SpecificRecord sample) throws Exception {
        assertEquals(sample, codec(sample).decode(codec(sample).encode(sample)));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void everyTruncationIsRefused(SpecificRecord sample) {
        Codec<SpecificRecord> codec = codec(sample);
        byte[] whole = codec.encode(sample);
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(UndecodableException.class, () -> codec.decode(part), () -> "at " + part.length);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void garbageAfterAValidHeaderIsRefusedOrDecoded(SpecificRecord sample) {
        long seed = 20261123;
        SplittableRandom random = new SplittableRandom(seed);
        Codec<SpecificRecord> codec = codec(sample);
        byte[] whole = codec.encode(sample);
        for (int round = 0; round < 20_000; round++) {
            byte[] garbage = whole.clone();
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                garbage[10 + random.nextInt(garbage.length - 10)] = (byte) random.nextInt(256);
            }
            try {
                codec.decode(garbage);
            } catch (UndecodableException e) {
                assertTrue(e.getMessage() != null && !e.getMessage().isBlank(), "seed " + seed);
            }
        }
    }

    @Test
    void aDeclaredLengthIsNotTrusted() {
        Codec<Candidate> codec = Codec.of(Candidate.class);
        byte[] header = Arrays.copyOf(codec.encode(Samples.candidate()), 10);
        // study "", number 0, then an array that declares a billion doubles
        byte[] lie = {0, 0, (byte) 0x80, (byte) 0xA8, (byte) 0xD6, (byte) 0xB9, 0x07};
        byte[] record = Arrays.copyOf(header, header.length + lie.length);
        System.arraycopy(lie, 0, record, header.length, lie.length);
        var e = assertThrows(UndecodableException.class, () -> codec.decode(record));
        assertTrue(String.valueOf(e.getMessage()).contains("declares a length of 1000000000"), e.getMessage());
    }

    @Test
    void anUnknownSchemaIsNamed() {
        byte[] fitness = Codec.of(Fitness.class).encode(Samples.fitness());
        var e = assertThrows(
                UndecodableException.class, () -> Codec.of(Candidate.class).decode(fitness));
        assertTrue(String.valueOf(e.getMessage()).contains("no known version of Candidate"), e.getMessage());
    }

    @Test
    void trailingBytesAreRefused() {
        Codec<Candidate> codec = Codec.of(Candidate.class);
        byte[] whole = codec.encode(Samples.candidate());
        byte[] more = Arrays.copyOf(whole, whole.length + 1);
        assertThrows(UndecodableException.class, () -> codec.decode(more));
    }

    @Test
    void aTombstoneIsRefused() {
        assertThrows(UndecodableException.class, () -> Codec.of(Candidate.class).decode(null));
    }

    @Test
    void aRecordOverTheLimitIsNotWritten() {
        Candidate huge = new Candidate("s", 1L, Collections.nCopies(600_000, 1.0), 0L, 0L, 0L);
        var e = assertThrows(
                IllegalArgumentException.class, () -> Codec.of(Candidate.class).encode(huge));
        assertTrue(String.valueOf(e.getMessage()).contains("over the limit"), e.getMessage());
    }

    @Test
    void theFrameIsAvroSingleObjectEncoding() throws Exception {
        byte[] ours = Codec.of(Candidate.class).encode(Samples.candidate());
        assertArrayEquals(Samples.candidate().toByteBuffer().array(), ours);
    }

    @SuppressWarnings("unchecked")
    static Codec<SpecificRecord> codec(SpecificRecord sample) {
        return (Codec<SpecificRecord>) Codec.of(sample.getClass());
    }
}
