package io.afterlearner.client;

import io.afterlearner.schemas.Arm;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs and reads tokens. A token proves that a unit was assigned an arm; feedback must carry it. A token is
 * {@code payload.signature} in base64url, the signature an HMAC-SHA256 cut to 16 bytes. Thread-safe.
 */
public final class Tokens {
    /** Most characters of a token. */
    public static final int MAX_CHARACTERS = 1_024;

    private static final int SIGNATURE_BYTES = 16;
    private static final byte VERSION = 3;
    /** Without the time of the draw and the client. */
    private static final byte SECOND_VERSION = 2;
    /** Without an incarnation, either. */
    private static final byte FIRST_VERSION = 1;

    private static final Base64.Encoder TEXT = Base64.getUrlEncoder().withoutPadding();

    private final Supplier<List<SecretKeySpec>> keys;
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(Tokens::mac);

    /** @param secrets the first one signs, all are accepted */
    public Tokens(Secrets secrets) {
        keys = secrets.derive(all -> all.stream().map(Tokens::key).toList());
    }

    private static SecretKeySpec key(String secret) {
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    private static Mac mac() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** The token of an assignment. */
    public String sign(Assignment assignment) {
        byte[] study = assignment.study().getBytes(StandardCharsets.UTF_8);
        byte[] id = assignment.id().getBytes(StandardCharsets.UTF_8);
        byte[] client = assignment.client().getBytes(StandardCharsets.UTF_8);
        byte[] payload = ByteBuffer.allocate(2 + 5 * Long.BYTES + 2 + id.length + client.length + study.length)
                .put(VERSION)
                .put(ArmCode.of(assignment.arm()))
                .putLong(assignment.number())
                .putLong(assignment.assignedAtMillis())
                .putLong(assignment.expiresAtMillis())
                .putLong(assignment.incarnation())
                .putLong(assignment.drawnAtMillis())
                .put((byte) id.length)
                .put(id)
                .put((byte) client.length)
                .put(client)
                .put(study)
                .array();
        return TEXT.encodeToString(payload) + "."
                + TEXT.encodeToString(signature(keys.get().get(0), payload));
    }

    /**
     * Reads a token.
     *
     * @throws TokenException if it is malformed or not signed with one of the secrets
     */
    public Token read(String token) throws TokenException {
        int dot = token.indexOf('.');
        if (token.length() > MAX_CHARACTERS || dot < 0) {
            throw new TokenException("malformed token; send the token that came with the assignment, unchanged");
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(token.substring(0, dot));
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            if (keys.get().stream().noneMatch(key -> MessageDigest.isEqual(signature, signature(key, payload)))) {
                throw new TokenException(
                        "the token has no valid signature: it is forged, or its secret was removed; send the token of a"
                                + " current assignment");
            }
            return parse(ByteBuffer.wrap(payload));
        } catch (IllegalArgumentException e) {
            throw new TokenException("malformed token; send the token that came with the assignment, unchanged");
        }
    }

    /** The payload is signed, hence well-formed. */
    private static Token parse(ByteBuffer payload) throws TokenException {
        byte version = payload.get();
        if (version < FIRST_VERSION || version > VERSION) {
            throw new TokenException("the token has an unknown version; use the token of a current assignment");
        }
        Arm arm = ArmCode.arm(payload.get());
        long number = payload.getLong();
        long assignedAtMillis = payload.getLong();
        long expiresAtMillis = payload.getLong();
        long incarnation = version == FIRST_VERSION ? 0 : payload.getLong();
        long drawnAtMillis = version <= SECOND_VERSION ? assignedAtMillis : payload.getLong();
        String id = text(payload);
        String client = version <= SECOND_VERSION ? "" : text(payload);
        byte[] study = new byte[payload.remaining()];
        payload.get(study);
        return new Token(
                new String(study, StandardCharsets.UTF_8),
                id,
                arm,
                number,
                assignedAtMillis,
                expiresAtMillis,
                drawnAtMillis,
                incarnation,
                client);
    }

    /** A text of at most 255 bytes, after its length. */
    private static String text(ByteBuffer payload) {
        byte[] bytes = new byte[payload.get() & 0xff];
        payload.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] signature(SecretKeySpec key, byte[] payload) {
        Mac mac = macs.get();
        try {
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a key of bytes is a key", e);
        }
        return Arrays.copyOf(mac.doFinal(payload), SIGNATURE_BYTES);
    }
}
