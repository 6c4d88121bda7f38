package io.afterlearner.access;

import io.afterlearner.access.settings.Setting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One line of the file of keys. The key itself is kept nowhere. Its SHA-256 is sufficient, because the key has 256 random bits:
 * a slow hash protects passwords, which can be guessed.
 *
 * @param id whose key it is; an id may have several keys
 * @param roles as written, without those that they include
 * @param sha256 of the key, lower-case hex
 */
public record AccessKey(String id, List<String> roles, StudyPatterns studies, String sha256) {
    /** Lets secret scanners find keys that leak. */
    private static final String PREFIX = "alk_";

    private static final String DIGEST_PREFIX = "sha256:";
    private static final int RANDOM_BYTES = 32;
    private static final int MAX_KEY_CHARACTERS = 100;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern DIGEST = Pattern.compile(DIGEST_PREFIX + "[0-9a-f]{64}");

    /** @throws IllegalArgumentException with what is wrong and how to fix it */
    public AccessKey {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("the id is malformed; use 1 to 64 letters, digits and . _ @ -");
        }
        for (String role : roles) {
            if (!Roles.ALL.contains(role)) {
                throw new IllegalArgumentException(
                        "the role " + Setting.shown(role) + " is unknown; use one of " + Roles.ALL);
            }
        }
        roles = List.copyOf(roles);
    }

    /** A random key. Show it once, and keep its {@link #of line}. */
    public static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The line for a key. */
    public static AccessKey of(String id, List<String> roles, StudyPatterns studies, String key) {
        return new AccessKey(id, roles, studies, sha256(key));
    }

    /** @throws IllegalArgumentException with what is wrong and how to fix it */
    static AccessKey parse(String line) {
        if (line.contains(PREFIX)) {
            throw new IllegalArgumentException(
                    "has a key itself, which belongs in no file; create another key, and write"
                            + " the line with its digest, as ./afterlearner keys create prints it");
        }
        String[] fields = line.strip().split("\\s+", -1);
        if (fields.length != 4) {
            throw new IllegalArgumentException("needs 4 fields and has " + fields.length + "; write ID ROLES STUDIES "
                    + DIGEST_PREFIX + "DIGEST, as ./afterlearner keys create prints it");
        }
        if (!DIGEST.matcher(fields[3]).matches()) {
            throw new IllegalArgumentException("the digest is malformed; write " + DIGEST_PREFIX
                    + " and 64 lower-case hexadecimal digits, never the key itself");
        }
        return new AccessKey(
                fields[0],
                List.of(fields[1].split(",", -1)),
                StudyPatterns.of(List.of(fields[2].split(",", -1))),
                fields[3].substring(DIGEST_PREFIX.length()));
    }

    /** Whether the text is meant as a key, rather than as a token of an OIDC provider. */
    static boolean isKey(String text) {
        return text.startsWith(PREFIX) && text.length() <= MAX_KEY_CHARACTERS;
    }

    static String sha256(String key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether this is the line of the key with this digest. Takes the same time for every wrong one. */
    boolean isOf(String presentedSha256) {
        return MessageDigest.isEqual(
                sha256.getBytes(StandardCharsets.US_ASCII), presentedSha256.getBytes(StandardCharsets.US_ASCII));
    }

    /** As it stands in the file. */
    @Override
    public String toString() {
        return id + "  " + String.join(",", roles) + "  " + studies + "  " + DIGEST_PREFIX + sha256;
    }
}
