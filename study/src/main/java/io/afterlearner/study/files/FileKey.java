package io.afterlearner.study.files;

import io.afterlearner.study.yaml.Yaml;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file a study names: {@code path}, or {@code {uri: path, sha256: digest}}.
 *
 * @param at place of the path
 * @param digest place of the digest; null if none is given
 * @param sha256 lower-case hex; null if none is given
 */
public record FileKey(
        Yaml at,
        String uri,
        @Nullable Yaml digest,
        @Nullable String sha256) {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    public static FileKey of(Yaml value) {
        if (!value.isMapping()) {
            return new FileKey(value, value.text(), null, null);
        }
        Map<String, Yaml> keys = value.mapping(List.of("uri", "sha256"));
        Yaml uri = keys.get("uri");
        if (uri == null) {
            throw value.missing("uri").error("is missing", "add uri: PATH");
        }
        Yaml digest = keys.get("sha256");
        return new FileKey(uri, uri.text(), digest, digest == null ? null : sha256(digest));
    }

    private static String sha256(Yaml digest) {
        String hex = digest.text().toLowerCase(Locale.ROOT);
        if (!SHA256.matcher(hex).matches()) {
            throw digest.error("must be 64 hexadecimal digits, as sha256sum prints them", "correct or omit it");
        }
        return hex;
    }
}
