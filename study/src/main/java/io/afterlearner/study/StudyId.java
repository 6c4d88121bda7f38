package io.afterlearner.study;

import io.afterlearner.evaluation.data.Digest;
import io.afterlearner.schemas.Codec;
import io.afterlearner.schemas.OnlineSpec;
import io.afterlearner.schemas.StudySpec;
import java.util.Collection;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A study's identity: its name and a digest of everything that affects its outcome. The same command therefore finds the same
 * study again, and a changed study.yaml starts another.
 */
public final class StudyId {
    private static final int DIGITS = 8;

    private StudyId() {}

    /** The id of a spec; its current id and time of creation do not count. */
    public static String of(StudySpec spec) {
        StudySpec timeless = StudySpec.newBuilder(spec)
                .setStudy("")
                .setCreatedAtMillis(0)
                .setIncarnation(0)
                .setOnline(timeless(spec.getOnline(), spec.getCreatedAtMillis()))
                .build();
        byte[] digest = Digest.sha256().digest(Codec.of(StudySpec.class).encode(timeless));
        return spec.getName() + "-" + HexFormat.of().formatHex(digest).substring(0, DIGITS);
    }

    /** With the deadline relative to the start of the study. */
    private static @Nullable OnlineSpec timeless(@Nullable OnlineSpec online, long createdAtMillis) {
        return online == null || online.getDeadlineMillis() == 0
                ? online
                : OnlineSpec.newBuilder(online)
                        .setDeadlineMillis(online.getDeadlineMillis() - createdAtMillis)
                        .build();
    }

    public static StudySpec withId(StudySpec spec) {
        return StudySpec.newBuilder(spec).setStudy(of(spec)).build();
    }

    /** The latest of {@code id, id-2, id-3, …} that is taken, or the id itself. */
    public static String latest(String id, Collection<String> taken) {
        int free = free(id, taken);
        return free == 2 ? id : id + "-" + (free - 1);
    }

    /** The first of {@code id, id-2, id-3, …} that is free. */
    public static String fresh(String id, Collection<String> taken) {
        return taken.contains(id) ? id + "-" + free(id, taken) : id;
    }

    private static int free(String id, Collection<String> taken) {
        int n = 2;
        while (taken.contains(id + "-" + n)) {
            n++;
        }
        return n;
    }
}
