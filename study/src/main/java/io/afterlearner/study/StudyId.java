package io.afterlearner.study;

import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import java.util.Collection;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A study's identity: its name and a digest of everything that affects its outcome. So the same command finds the same study
 * again, and a changed study.yaml begins another.
 */
public final class StudyId {
    private static final int DIGITS = 8;

    private StudyId() {}

    /** The id of a spec; its present id and time of creation do not count. */
    public static String of(StudySpec spec) {
        StudySpec timeless = StudySpec.newBuilder(spec)
                .setStudy("")
                .setCreatedAtMillis(0)
                .setOnline(timeless(spec.getOnline(), spec.getCreatedAtMillis()))
                .build();
        byte[] digest = Digest.sha256().digest(Codec.of(StudySpec.class).encode(timeless));
        return spec.getName() + "-" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
    }

    /** The deadline relative to the beginning of the study. */
    private static @Nullable OnlineSpec timeless(@Nullable OnlineSpec online, long createdAtMillis) {
        return online == null || online.getDeadlineMillis() == 0
                ? online
                : OnlineSpec.newBuilder(online)
                        .setDeadlineMillis(online.getDeadlineMillis() - createdAtMillis)
                        .build();
    }

    /** The same spec with its id set. */
    public static StudySpec withId(StudySpec spec) {
        return StudySpec.newBuilder(spec).setStudy(of(spec)).build();
    }

    /** The latest of {@code id, id-2, id-3, …} that is taken, or the id itself. */
    public static String latest(String id, Collection<String> taken) {
        String latest = id;
        for (int n = 2; taken.contains(id + "-" + n); n++) {
            latest = id + "-" + n;
        }
        return latest;
    }

    /** The first of {@code id, id-2, id-3, …} that is free. */
    public static String fresh(String id, Collection<String> taken) {
        if (!taken.contains(id)) {
            return id;
        }
        int n = 2;
        while (taken.contains(id + "-" + n)) {
            n++;
        }
        return id + "-" + n;
    }
}
