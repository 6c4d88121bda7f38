package io.afterlearner.client;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Shortens the ids of events to a limited length. Different texts have different ids, whatever their length and characters. */
public final class EventId {
    /** Maximum length of a text that is its own id. */
    public static final int MAX_CHARACTERS = 64;

    private static final String DIGEST = "sha256:";

    private EventId() {}

    /** The text itself, or its digest if it is longer than {@link #MAX_CHARACTERS} or not valid Unicode. */
    public static String of(String text) {
        return text.length() <= MAX_CHARACTERS && isUnicode(text) ? text : digest(text);
    }

    /** What is wrong with a text that a person chose as an id, and how to fix it; null if it is its own id. */
    public static @Nullable String problem(String text) {
        if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
            return "id has " + text.length() + " characters; give 1 to " + MAX_CHARACTERS + ", or omit it";
        }
        return isUnicode(text) ? null : "id has half of a surrogate pair; give valid Unicode, or omit it";
    }

    /** The digest of a text. It is longer than {@link #MAX_CHARACTERS}, so it equals no text that is its own id. */
    public static String digest(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
        bytes.asCharBuffer().put(text);
        try {
            return DIGEST
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether the text has no unpaired surrogate. UTF-8 would write each of those as a question mark. */
    public static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
