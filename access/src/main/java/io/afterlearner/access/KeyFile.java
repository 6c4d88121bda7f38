package io.afterlearner.access;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the text of a file of keys: one key per line, empty lines, and comments that begin with {@code #}. */
final class KeyFile {
    private static final int MAX_KEYS = 1_000;

    private KeyFile() {}

    /**
     * Reads all keys. A file of comments has none, which revokes all; an empty one is refused, because it may be half written.
     *
     * @param name of the file, for messages
     * @throws IllegalArgumentException with the first line that is wrong
     */
    static List<AccessKey> parse(String name, String text) {
        List<AccessKey> keys = new ArrayList<>();
        Map<String, Integer> lineOfDigest = new HashMap<>();
        int number = 0;
        if (text.isBlank()) {
            throw new IllegalArgumentException(
                    name + " is empty; write a line per key, or only a comment to revoke all keys");
        }
        for (String line : text.lines().toList()) {
            number++;
            if (line.isBlank() || line.strip().startsWith("#")) {
                continue;
            }
            AccessKey key = parse(name, number, line);
            Integer before = lineOfDigest.putIfAbsent(key.sha256(), number);
            if (before != null) {
                throw refused(name, number, "has the same digest as line " + before + "; create another key");
            }
            keys.add(key);
        }
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException(
                    name + " has " + keys.size() + " keys; keep at most " + MAX_KEYS + ", or use OIDC");
        }
        return keys;
    }

    private static AccessKey parse(String name, int number, String line) {
        try {
            return AccessKey.parse(line);
        } catch (IllegalArgumentException e) {
            throw refused(name, number, String.valueOf(e.getMessage()));
        }
    }

    private static IllegalArgumentException refused(String name, int number, String problem) {
        return new IllegalArgumentException(name + " line " + number + ": " + problem);
    }
}
