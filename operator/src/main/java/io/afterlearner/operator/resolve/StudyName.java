package io.afterlearner.operator.resolve;

import io.afterlearner.evaluation.data.Digest;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The name at the optimizer of the Study NAME in namespace NS: {@code NS.NAME}. A namespace has no dot, so no two Studies have the same
 * name. A name over 63 characters becomes its beginning, an underscore and a digest; no name in Kubernetes has an underscore.
 */
public final class StudyName {
    private static final int MAX_CHARACTERS = 63;
    private static final int DIGITS = 16;

    private StudyName() {}

    public static String of(String namespace, String name) {
        String whole = namespace + "." + name;
        if (whole.length() <= MAX_CHARACTERS) {
            return whole;
        }
        byte[] digest = Digest.sha256().digest(whole.getBytes(StandardCharsets.UTF_8));
        String end = HexFormat.of().formatHex(digest).substring(0, DIGITS);
        return whole.substring(0, MAX_CHARACTERS - DIGITS - 1) + "_" + end;
    }
}
