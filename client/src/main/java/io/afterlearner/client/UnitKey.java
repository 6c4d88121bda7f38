package io.afterlearner.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces units by pseudonyms before they reach a topic. Whoever has the key can compute the pseudonym of a unit; without it
 * nobody can tell whose pseudonym one is, even with a list of all units. Immutable and thread-safe.
 */
public final class UnitKey {
    /** Bytes of the HMAC-SHA-256 that are kept: two of 2^48 units have the same pseudonym with a probability below 10^-9. */
    static final int PSEUDONYM_BYTES = 16;

    private static final int ID_BYTES = 4;
    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final SecretKeySpec key;
    private final String id;

    UnitKey(String secret) {
        key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        id = HexFormat.of().formatHex(Arrays.copyOf(hmac("id"), ID_BYTES));
    }

    /** Names the key without revealing it; the beginning of its pseudonyms. */
    public String id() {
        return id;
    }

    /**
     * The pseudonym of a unit in one study: the key's id, a dot, and HMAC-SHA-256 cut to {@link #PSEUDONYM_BYTES} in base64url.
     * A unit has different pseudonyms in different studies.
     */
    public String pseudonym(String study, String unit) {
        byte[] hash = hmac("unit\n" + study + "\n" + unit);
        return id + "." + TEXT.encodeToString(Arrays.copyOf(hash, PSEUDONYM_BYTES));
    }

    /** What the assignments of a unit in one study begin with: {@link Assignment#id}. */
    public String assignments(String study, String unit) {
        return assignmentIds(study).prefix(unit.getBytes(StandardCharsets.UTF_8));
    }

    /** The ids of a study's assignments, which are record keys. */
    AssignmentIds assignmentIds(String study) {
        ByteBuffer words = ByteBuffer.wrap(hmac("assignment\n" + study));
        return new AssignmentIds(
                new KeyedHash(words.getLong(), words.getLong()), new KeyedHash(words.getLong(), words.getLong()));
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "unit key " + id;
    }
}
