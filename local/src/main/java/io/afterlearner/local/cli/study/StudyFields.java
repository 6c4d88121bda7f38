package io.afterlearner.local.cli.study;

import io.afterlearner.local.cli.session.Studies;
import io.afterlearner.schemas.Incumbent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a study that {@code list} and {@code show} print. */
final class StudyFields {
    private StudyFields() {}

    static Map<String, @Nullable Object> of(Studies.Known known) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("study", known.id());
        fields.put("name", known.spec().getName());
        fields.put(
                "createdAt",
                Instant.ofEpochMilli(known.spec().getCreatedAtMillis()).toString());
        fields.put("judgedBy", known.isOnline() ? "users" : "data");
        fields.put("status", known.status());
        Incumbent latest = known.latest();
        if (latest != null) {
            fields.put("reason", latest.getReason());
            fields.put("candidate", latest.getNumber());
            fields.put("loss", latest.getLoss());
            fields.put("baselineLoss", latest.getBaselineLoss());
            fields.put("budget", latest.getBudget());
            fields.put("asked", latest.getAsked());
            fields.put("told", latest.getTold());
            fields.put("failed", latest.getFailed());
            fields.put("expired", latest.getExpired());
            fields.put("explanation", latest.getExplanation());
        }
        return fields;
    }
}
