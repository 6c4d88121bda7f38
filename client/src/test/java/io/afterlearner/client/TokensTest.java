package io.afterlearner.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.afterlearner.schemas.Arm;
import io.afterlearner.schemas.ArmsState;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final long SEED = 20261124;
    private final Tokens tokens = Studies.tokens("a secret of some length");
    private final Assignment assignment =
            new Served(Studies.arms(ArmsState.EXPLORING, 7, 3)).assign("user-1", 1_700_000_000_000L, true, Studies.KEY);

    @Test
    void aTokenSaysWhatWasAssigned() throws TokenException {
        Token token = tokens.read(tokens.sign(assignment));

        assertEquals(Studies.STUDY, token.study());
        assertEquals(assignment.id(), token.assignment());
        assertEquals(assignment.arm(), token.arm());
        assertEquals(assignment.number(), token.number());
        assertEquals(assignment.assignedAtMillis(), token.assignedAtMillis());
        assertEquals(assignment.expiresAtMillis(), token.expiresAtMillis());
        assertEquals(42, token.incarnation());
    }

    @Test
    void everyArmSurvives() throws TokenException {
        for (Arm arm : Arm.values()) {
            Assignment other = new Assignment("s", "id", "u", arm, 9, new double[0], 1, 2, 1, 42, "");
            assertEquals(arm, tokens.read(tokens.sign(other)).arm());
        }
    }

    /** Applications and instances of two versions read each other's tokens: docs/upgrading.md says what a new version takes. */
    @Test
    void tokensAreThoseOfEarlierVersions() throws TokenException {
        Assignment fixed =
                new Assignment("shop", "a-1", "u", Arm.EXPLORE, 9, new double[0], 1_000, 2_000, 900, 42, "shop");
        String second = "AmUAAAAAAAAACQAAAAAAAAPoAAAAAAAAB9AAAAAAAAAAKgNhLTFzaG9w.-ErR5GiNlvtTqG8sSdVSAw";

        String third =
                "A2UAAAAAAAAACQAAAAAAAAPoAAAAAAAAB9AAAAAAAAAAKgAAAAAAAAOEA2EtMQRzaG9wc2hvcA.Zg_EY5wfw5Z3KDGjRnQ1xw";
        assertEquals(third, tokens.sign(fixed));
        assertEquals(900, tokens.read(third).drawnAtMillis());
        assertEquals("shop", tokens.read(third).client());
        assertEquals("", tokens.read(second).client());
        assertEquals(1_000, tokens.read(second).drawnAtMillis());
        assertEquals(42, tokens.read(second).incarnation());
        assertEquals(
                new Token("shop", "a-1", Arm.EXPLORE, 9, 1_000, 2_000, 1_000, 0, ""),
                tokens.read("AWUAAAAAAAAACQAAAAAAAAPoAAAAAAAAB9ADYS0xc2hvcA.dlfLiVbiRG627ApTNlPGVw"));
    }

    /** One character changed, cut or added, anywhere. */
    @Test
    void noTokenButASignedOneIsRead() {
        String signed = tokens.sign(assignment);
        Random random = new Random(SEED);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder forged = new StringBuilder(signed);
            int at = random.nextInt(forged.length());
            switch (random.nextInt(3)) {
                case 0 -> forged.setCharAt(at, (char) (33 + random.nextInt(90)));
                case 1 -> forged.deleteCharAt(at);
                default -> forged.insert(at, (char) (33 + random.nextInt(90)));
            }
            if (!forged.toString().equals(signed) && !sameBytes(forged.toString(), signed)) {
                assertThrows(
                        TokenException.class, () -> tokens.read(forged.toString()), "seed " + SEED + ": " + forged);
            }
        }
        for (String none : List.of("", ".", "a.b", "x".repeat(5_000))) {
            assertThrows(TokenException.class, () -> tokens.read(none));
        }
    }

    /** The last character of base64 has bits that mean nothing. */
    private static boolean sameBytes(String one, String other) {
        try {
            var decoder = java.util.Base64.getUrlDecoder();
            int dot = one.indexOf('.');
            int end = other.indexOf('.');
            return dot == end
                    && java.util.Arrays.equals(
                            decoder.decode(one.substring(0, dot)), decoder.decode(other.substring(0, end)))
                    && java.util.Arrays.equals(
                            decoder.decode(one.substring(dot + 1)), decoder.decode(other.substring(end + 1)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void aSecretCanBeReplacedWhileOldTokensLive() throws TokenException {
        String old = tokens.sign(assignment);
        Tokens both = Studies.tokens("another secret of some length", "a secret of some length");
        Tokens renewed = Studies.tokens("another secret of some length");

        assertEquals(assignment.id(), both.read(old).assignment());
        assertEquals(assignment.id(), renewed.read(both.sign(assignment)).assignment());
        assertThrows(TokenException.class, () -> renewed.read(old));
    }
}
