package io.afterlearner.schemas;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Rules for the addresses of models and data. They are in topics, logs and reports, which is no place for credentials. */
public final class ArtifactUris {
    private static final Pattern USER = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://[^/?#]*@.*");
    /** Of pre-signed URLs of AWS, Google and Azure. */
    private static final Pattern SIGNATURE = Pattern.compile(
            "[^?]*\\?(.*&)?(X-(Amz|Goog)-(Signature|Credential|Security-Token)|Signature|AWSAccessKeyId|sig)=.*");

    private static final String FIX = "give s3://BUCKET/KEY with credentials in the environment, or a URL without them";

    private ArtifactUris() {}

    /** Why an address may not be part of a study: what is wrong with it; null if it may. */
    public static @Nullable String problem(String uri) {
        if (USER.matcher(uri).matches()) {
            return "has a user or password, which would be written to topics";
        }
        return SIGNATURE.matcher(uri).matches()
                ? "has a signature, which would be written to topics and expires"
                : null;
    }

    /** How to fix a {@link #problem}. */
    public static String fix() {
        return FIX;
    }

    /** @throws RefusedException for the first address with a problem */
    public static void check(StudySpec spec) {
        check("model.uri", spec.getModel());
        check("search.uri", spec.getSearch());
        check("test.uri", spec.getTest());
        List<ModelFile> files = spec.getModelFiles();
        for (int i = 0; i < files.size(); i++) {
            check("modelFiles[" + i + "].artifact.uri", files.get(i).getArtifact());
        }
    }

    private static void check(String field, @Nullable Artifact artifact) {
        String problem = artifact == null ? null : problem(artifact.getUri());
        if (problem != null) {
            throw new RefusedException(field, problem, FIX);
        }
    }
}
