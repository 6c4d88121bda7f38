package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadLettersTest {
    /** What a batch of one record needs besides its key and value. */
    private static final int BATCH_BYTES = 100;

    private static final byte[] LARGE = new byte[Codec.MAX_RECORD_BYTES];

    @ParameterizedTest
    @ValueSource(ints = {4_000, 100_000, DeadLetters.DEFAULT_TOPIC_BYTES, Codec.MAX_RECORD_BYTES, Integer.MAX_VALUE})
    void aLetterAlwaysFitsItsTopic(int topicBytes) {
        DeadLetters letters = new DeadLetters("é".repeat(100_000), topicBytes);
        DeadLetters.Letter letter = letters.letter(
                new DeadLetters.Unusable("t".repeat(249), 1, 2, LARGE, true, LARGE, 3), "\uFFFF".repeat(1 << 20), 3);
        int bytes = BATCH_BYTES + (letter.key() == null ? 0 : letter.key().length) + letter.value().length;
        assertTrue(bytes <= topicBytes, () -> bytes + " bytes");
    }

    @Test
    void whatIsCutIsSaidWithItsSizeAndDigest() throws Exception {
        DeadLetters.Letter letter = new DeadLetters("test")
                .letter(new DeadLetters.Unusable("t", 1, 2, LARGE, true, LARGE, 3), "r\n".repeat(1 << 20), 3);
        DeadLetter read = Codec.of(DeadLetter.class).decode(letter.value());
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(LARGE));
        assertEquals(DeadLetters.MAX_KEY_BYTES, read.getKey().remaining());
        assertEquals(DeadLetters.MAX_VALUE_BYTES, read.getValue().remaining());
        assertEquals((long) LARGE.length, read.getKeyBytes());
        assertEquals((long) LARGE.length, read.getValueBytes());
        assertEquals(digest, read.getKeySha256());
        assertEquals(digest, read.getValueSha256());
        assertEquals(3, read.getHeaders());
        assertEquals("r ".repeat(DeadLetters.MAX_REASON_CHARACTERS / 2), read.getReason());
    }

    @Test
    void ofAKeyThatIsNotTextNoSizeIsClaimed() throws Exception {
        DeadLetters.Letter letter =
                new DeadLetters("test").letter(new DeadLetters.Unusable("t", 1, 2, LARGE, false, null, 0), "no", 3);
        DeadLetter read = Codec.of(DeadLetter.class).decode(letter.value());
        assertNull(read.getKeyBytes());
        assertNull(read.getKeySha256());
    }

    @Test
    void aSmallRecordIsKeptWholeWithItsPlaceAndTheReason() throws Exception {
        DeadLetters.Letter letter = new DeadLetters("test")
                .letter(new DeadLetters.Unusable("t", 1, 2, null, true, new byte[] {7}, 0), "no Avro", 3);
        DeadLetter read = Codec.of(DeadLetter.class).decode(letter.value());
        assertNull(letter.key());
        assertNull(read.getKey());
        assertNull(read.getValueBytes());
        assertNull(read.getValueSha256());
        assertArrayEquals(new byte[] {7}, read.getValue().array());
        assertEquals(
                "t 1 2 no Avro test 3",
                String.join(
                        " ",
                        read.getTopic(),
                        "" + read.getPartition(),
                        "" + read.getOffset(),
                        read.getReason(),
                        read.getBy(),
                        "" + read.getAtMillis()));
    }
}
