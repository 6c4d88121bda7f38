package io.afterlearner.kafka;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.DeadLetter;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
    private final DeadLetters letters = new DeadLetters("test");

    @Test
    void aLetterAlwaysFitsItsTopic() throws Exception {
        byte[] large = new byte[Codec.MAX_RECORD_BYTES];
        DeadLetters.Letter letter =
                letters.letter(new DeadLetters.Unusable("t", 1, 2, large, large), "r".repeat(1 << 20), 3);
        assertEquals(DeadLetters.MAX_KEY_BYTES, letter.key() == null ? 0 : letter.key().length);
        assertTrue(letter.value().length < 1 << 20, () -> letter.value().length + " bytes");
        DeadLetter read = Codec.of(DeadLetter.class).decode(letter.value());
        assertEquals(DeadLetters.MAX_VALUE_BYTES, read.getValue().remaining());
        assertEquals(DeadLetters.MAX_REASON_CHARACTERS, read.getReason().length());
    }

    @Test
    void aSmallRecordIsKeptWholeWithItsPlaceAndTheReason() throws Exception {
        DeadLetters.Letter letter =
                letters.letter(new DeadLetters.Unusable("t", 1, 2, null, new byte[] {7}), "no Avro", 3);
        DeadLetter read = Codec.of(DeadLetter.class).decode(letter.value());
        assertNull(letter.key());
        assertNull(read.getKey());
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
